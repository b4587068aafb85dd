internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
public import Logging
internal import NIOCore
public import ServiceLifecycle

/// A look-alike of the Sovell platform on loopback, with faults on demand and a control panel.
///
/// The other platforms that the agent gets tokens from are under `/chainup`, `/tf56`
/// and `/realshark`.
/// It shares no code with the agent: its sign, its forms and its JSON are its own, so that a
/// misreading in one of the two shows. Run it once; it ends by graceful shutdown or ``stop()``.
public struct SandboxServer: Service {
    /// The client that the platform publishes for tests (wire/sovell.md).
    public static let testClientID = "B-8onb81TPCog2YBhSsQaA"
    public static let testClientSecret = "q1LQuI8C4CI"
    /// The password of every user of tf56; the user's name is the phone of a card's holder.
    public static let testPassword = TF56Model.password

    /// How long an idle connection is kept, in seconds; longer than clients keep theirs.
    static let idleSeconds: Int64 = 120

    let platform: SandboxPlatform
    let readers: VirtualReaders
    private let host: String
    private let bound: BoundPort
    private let group: ServiceGroup

    /// A sandbox for `host`, a loopback address, and `port`, 0 for any.
    ///
    /// `seed` decides all of its random choices but ChainUp's RSA keys, which are made when they
    /// are first needed unless given; `now` is its clock in Unix milliseconds, nil for the
    /// system's. Throws ``SandboxError/notLoopback(_:)``.
    public init(
        host: String = "127.0.0.1",
        port: Int = 0,
        cards: [SandboxCard] = SandboxCard.demonstration,
        clientID: String = SandboxServer.testClientID,
        clientSecret: String = SandboxServer.testClientSecret,
        virtualReaderPorts: [UInt16] = [],
        lifetimes: TokenLifetimes = TokenLifetimes(),
        chainUpKeys: ChainUpKeys? = nil,
        seed: UInt64 = 1,
        now: (@Sendable () -> Int64)? = nil,
        logger: Logger
    ) throws(SandboxError) {
        guard isLoopback(host) else { throw .notLoopback(host) }
        let model = PlatformModel(
            cards: cards, clientID: clientID, clientSecret: clientSecret, lifetimes: lifetimes,
            seed: seed)
        let platform = SandboxPlatform(
            model: model, chainUpKeys: chainUpKeys, seed: seed, now: now ?? systemMilliseconds)
        let bound = BoundPort()
        readers = VirtualReaders(ports: virtualReaderPorts) { await platform.tell() }
        let router = Router(context: SandboxContext.self)
        router.add(middleware: AdminGuard())
        router.add(middleware: FaultMiddleware(platform: platform))
        OAuthRoutes(platform: platform).add(to: router)
        PlatformRoutes(platform: platform).add(to: router)
        ChainUpRoutes(platform: platform).add(to: router)
        TF56Routes(platform: platform).add(to: router)
        RealSharkRoutes(platform: platform).add(to: router)
        AdminRoutes(platform: platform, readers: readers).add(to: router)
        PhoneRoutes(platform: platform).add(to: router)
        let application = Application(
            router: router,
            server: .http1(configuration: .init(idleTimeout: .seconds(Self.idleSeconds))),
            configuration: .init(address: .hostname(host, port: port)),
            onServerRunning: { channel in await bound.set(channel.localAddress?.port) },
            logger: logger)
        self.platform = platform
        self.host = host
        self.bound = bound
        group = ServiceGroup(services: [readers, application], logger: logger)
    }

    /// Serves until it is stopped; open streams and hung requests end then.
    public func run() async throws {
        do {
            try await group.run()
            await bound.end()
        } catch {
            await bound.end()
            throw error
        }
    }

    /// Asks ``run()`` to end; returns at once.
    public func stop() async { await group.triggerGracefulShutdown() }

    /// The port that is listened on, as soon as it is; wants ``run()`` to be running.
    public var port: Int {
        get async throws(SandboxError) {
            guard let port = await bound.port else { throw .notRunning }
            return port
        }
    }

    /// The platform's address without a slash at the end, for `platform.base_url`.
    public var baseURL: String {
        get async throws(SandboxError) {
            let name = host.contains(":") ? "[\(host)]" : host
            return "http://\(name):\(try await port)"
        }
    }
}
