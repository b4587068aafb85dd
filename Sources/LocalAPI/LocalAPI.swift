internal import Hummingbird
internal import HummingbirdCore
public import Journal
public import Ledger
public import Logging
internal import NIOCore
public import ServiceLifecycle
public import SyncEngine
public import TerminalAgent
public import TerminalCore

/// The HTTP API for the POS, the pages and the operators, on loopback and on a Unix socket.
public struct LocalAPI: Service {
    private let inForce: SettingsInForce
    let ledger: Ledger
    let engine: SyncEngine
    let agent: TerminalAgent
    let clock: any TerminalClock
    let operators: OperatorGuard
    let signer: JournalSigner
    let replayer: any Replayer
    let desk: any CodeDesk
    let codes = CodeBook()
    let streams = StreamCount()
    /// When this program began, by the wall clock.
    let startedAt: Timestamp
    let verification: VerificationJob
    private let guesses = GuessGuard.Shared()
    private let logger: Logger
    private let onListening: @Sendable (Int) async -> Void

    /// `signer` signs the exports, `replayer` reads journals of other terminals, `desk` gets codes
    /// from the platform; `onListening` is called with the TCP port once it is bound.
    public init(
        settings: APISettings, ledger: Ledger, engine: SyncEngine, agent: TerminalAgent,
        clock: any TerminalClock, signer: JournalSigner, replayer: any Replayer,
        desk: any CodeDesk, logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        inForce = SettingsInForce(settings)
        self.ledger = ledger
        self.engine = engine
        self.agent = agent
        self.clock = clock
        startedAt = clock.now()
        self.signer = signer
        self.replayer = replayer
        self.desk = desk
        self.logger = logger
        self.onListening = onListening
        operators = OperatorGuard(token: settings.operatorToken)
        verification = VerificationJob(ledger: ledger, agent: agent, clock: clock)
    }

    var settings: APISettings { inForce.now }

    /// Calls the terminal `name` from now on and has the payer's page speak `language`.
    ///
    /// A page that is open follows at the agent's next `status` event.
    public func adopt(name: String, language: String) {
        inForce.take(name: name, language: language)
    }

    /// Serves until the shutdown; open event streams and waits end with it.
    public func run() async throws {
        let doors = Doors(count: settings.socket == nil ? 1 : 2, whenOpen: onListening)
        let tcp = BindAddress.hostname(settings.host, port: settings.port)
        var services: [any Service] = [listener(tcp, doors)]
        if let socket = settings.socket {
            try SocketFile.prepare(socket)
            services.append(listener(.unixDomainSocket(path: socket), doors))
        }
        let group = ServiceGroup(services: services, logger: logger)
        try await group.run()
    }

    private func listener(_ address: BindAddress, _ doors: Doors) -> Listener {
        let door = Door()
        let limit = MaximumAvailableConnections(APILimits.acceptedMax)
        return Listener(
            configuration: ServerConfiguration(
                address: address, availableConnectionsDelegate: limit),
            builder: .http1(configuration: Self.connections(through: door)),
            responder: routes(door).buildResponder(), clock: clock, logger: logger
        ) { [settings] channel in
            let port = channel.localAddress?.port
            if let socket = settings.socket, port == nil { SocketFile.open(socket) }
            await doors.opened(port: port)
        }
    }

    private static func connections(through door: Door) -> HTTP1Channel.Configuration {
        HTTP1Channel.Configuration(
            additionalChannelHandlers: [DoorHandler(door: door)],
            idleTimeout: TimeAmount(APILimits.idleMax),
            httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                maxHeaderFieldSize: APILimits.headBytesMax,
                maxHeaderListSize: APILimits.headBytesMax,
                maxHeaderFieldCount: APILimits.headerFieldsMax))
    }

    /// Tells when every address is bound, so that "open" is true for all of them.
    private actor Doors {
        private var left: Int
        private var port = 0
        private let whenOpen: @Sendable (Int) async -> Void

        init(count: Int, whenOpen: @escaping @Sendable (Int) async -> Void) {
            left = count
            self.whenOpen = whenOpen
        }

        /// One more address is bound; `port` is nil for the socket.
        func opened(port: Int?) async {
            left -= 1
            self.port = port ?? self.port
            if left == 0 { await whenOpen(self.port) }
        }
    }

    func routes(_ door: Door) -> Router<APIContext> {
        let router = Router(context: APIContext.self)
        router.add(middleware: OriginGuard(allowedOrigins: Set(settings.allowedOrigins)))
        router.add(middleware: ProblemGuard())
        router.add(middleware: PathGuard())
        router.add(middleware: RateGuard(door: door, clock: clock))
        router.add(middleware: GuessGuard(operators: operators, guesses: guesses, clock: clock))
        router.add(middleware: ArrivalGuard())
        addPaymentRoutes(router, door)
        addReceiptRoute(router)
        addCodeRoutes(router)
        addDecisionRoutes(router)
        addReconcileRoutes(router)
        addStatusRoutes(router, door)
        addMetricsRoute(router)
        addOperatorRoutes(router)
        addLostCardRoutes(router)
        addReportRoutes(router)
        addExportRoute(router)
        addReplayRoutes(router)
        addVerifyRoute(router)
        addDescriptionRoute(router)
        addPageRoutes(router)
        return router
    }
}
