internal import AsyncHTTPClient
internal import NIOCore
internal import NIOPosix
internal import OAuth
internal import SovellPay
internal import SyncEngine
internal import TerminalCore

/// The agent's own way to a platform: its HTTP client, its token client, its wire.
struct OnlinePlatform: Platform {
    /// As in the agent's own composition, for 8 deliveries at once.
    static let deliveries = 8
    private static let payersConnections = 4
    private static let timeout = Duration.seconds(3)

    /// Never shut down, like the process that it serves.
    static let http: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.idleTimeout = .seconds(20)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit =
            deliveries + payersConnections
        return HTTPClient(
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton.next(),
            configuration: configuration)
    }()

    private let pay: SovellPay

    /// The platform at `address`, which is written as `platform.base_url` is.
    init(at address: String, clock: any TerminalClock) {
        let wire = HTTPWire(client: Self.http)
        let secret = OAuth.Secret("bench")
        let tokens = TokenClient(
            platform: SovellOAuth(baseURL: address, clientID: "bench", clientSecret: secret),
            wire: wire, timeout: Self.timeout, uptime: { clock.uptime() })
        pay = SovellPay(
            baseURL: address, clientSecret: secret, app: "wallet", refusalReasons: [:],
            tokens: tokens, wire: wire, timeout: Self.timeout)
    }

    func deliver(
        _ payment: Payment, code: OneTimeCode?, despiteLoss: @Sendable () async -> Bool,
        clearance: @Sendable () async -> Payment?
    ) async -> Delivery {
        await pay.deliver(payment, code: code, despiteLoss: despiteLoss, clearance: clearance)
    }

    func ask(_ payment: Payment, patience: Duration?) async -> PlatformAnswer {
        await pay.ask(payment, patience: patience)
    }

    func reverse(_ payment: Payment) async -> PlatformAnswer { await pay.reverse(payment) }

    func probe() async -> Trouble? { await pay.probe() }
}
