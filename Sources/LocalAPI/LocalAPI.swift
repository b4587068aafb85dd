internal import Hummingbird
internal import HummingbirdCore
public import Ledger
public import Logging
internal import NIOCore
public import ServiceLifecycle
public import SyncEngine
public import TerminalAgent
public import TerminalCore

/// The HTTP API for the POS, the pages and the operators, on loopback and on a Unix socket.
public struct LocalAPI: Service {
    let settings: APISettings
    let ledger: Ledger
    let engine: SyncEngine
    let agent: TerminalAgent
    let clock: any TerminalClock
    let operators: OperatorGuard
    private let logger: Logger
    private let onListening: @Sendable (Int) async -> Void

    /// `onListening` is called with the TCP port once it is bound.
    public init(
        settings: APISettings, ledger: Ledger, engine: SyncEngine, agent: TerminalAgent,
        clock: any TerminalClock, logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.settings = settings
        self.ledger = ledger
        self.engine = engine
        self.agent = agent
        self.clock = clock
        self.logger = logger
        self.onListening = onListening
        operators = OperatorGuard(token: settings.operatorToken)
    }

    /// Serves until the shutdown; open event streams and waits end with it.
    public func run() async throws {
        var services: [any Service] = [application(.hostname(settings.host, port: settings.port))]
        if let socket = settings.socket {
            try SocketFile.prepare(socket)
            services.append(application(.unixDomainSocket(path: socket)))
        }
        let group = ServiceGroup(services: services, logger: logger)
        try await group.run()
    }

    private func application(_ address: BindAddress) -> some ApplicationProtocol {
        let limit = MaximumAvailableConnections(APILimits.connectionsMax)
        return Application(
            responder: routes().buildResponder(),
            server: .http1(configuration: .init(idleTimeout: .seconds(75))),
            configuration: ApplicationConfiguration(
                address: address, serverName: nil, availableConnectionsDelegate: limit),
            onServerRunning: { [onListening, settings] channel in
                if let port = channel.localAddress?.port { await onListening(port) }
                if let socket = settings.socket, channel.localAddress?.pathname != nil {
                    SocketFile.open(socket)
                }
            },
            logger: logger)
    }

    private func routes() -> Router<APIContext> {
        let router = Router(context: APIContext.self)
        router.add(middleware: ProblemGuard())
        router.add(middleware: OriginGuard(allowedOrigins: Set(settings.allowedOrigins)))
        router.add(middleware: ArrivalGuard())
        addPaymentRoutes(router)
        addStatusRoutes(router)
        addOperatorRoutes(router)
        addPageRoutes(router)
        return router
    }
}
