internal import AsyncHTTPClient
internal import LocalAPI
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import OAuth
internal import Settings
internal import SovellPay
internal import SyncEngine
internal import TerminalAgent
internal import TerminalCore

/// The configuration in each room's own words.
extension DeliveryRules {
    init(_ settings: Settings) {
        self.init(
            lostCard: settings.lostCard == .hold ? .hold : .submit,
            concurrency: settings.sync.concurrency, retryMin: settings.sync.retryMin,
            retryMax: settings.sync.retryMax, lateArrival: settings.sync.lateArrival,
            orderMemory: settings.sync.orderMemory,
            processingMax: SovellPay.orderLife + .seconds(60))
    }
}

extension AgentRules {
    init(_ settings: Settings) {
        let payment = settings.payment
        let schedule = Schedule(
            periods: payment.schedule.map {
                Schedule.Period(from: $0.from, to: $0.to, amount: $0.amount, title: $0.title)
            },
            amount: payment.fixedAmount ?? .zero, title: payment.title)
        self.init(
            mode: payment.mode == .fixed ? .fixed : .requested, title: payment.title,
            schedule: schedule, perCardPerPeriod: payment.perCardPerPeriod,
            repeatWindow: payment.repeatWindow, tapTimeout: payment.tapTimeout,
            decisionDeadline: settings.platform.decisionDeadline, policy: settings.offline)
    }
}

extension APISettings {
    init(_ settings: Settings, version: String) {
        let api = settings.api
        self.init(
            host: api.host, port: api.port, socket: api.socket,
            allowedOrigins: api.allowedOrigins, operatorToken: api.operatorToken?.exposed,
            terminalID: settings.terminal.id, terminalName: settings.terminal.name,
            language: settings.terminal.language.rawValue, version: version)
    }
}

extension HTTPClient {
    /// Connections that payers may use beside those of a drain and of a reconciliation.
    private static let payersConnections = 4
    /// A kept connection is closed this early, before the platform does it in the middle of a
    /// request.
    private static let idleSeconds: Int64 = 20

    /// A client that follows no redirect and fails at once when nobody listens.
    ///
    /// A site's own authority takes the place of the system's for the payments' platform. One of
    /// the others may stand behind a proxy of the site or not: both are good for it.
    ///
    /// All its calls share one loop, so that none is handed from one thread to another on its way.
    static func forPlatform(_ settings: Settings, isOther: Bool = false) throws -> HTTPClient {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        if let file = settings.platform.caFile {
            if isOther {
                tls.additionalTrustRoots = [.file(file)]
            } else {
                tls.trustRoots = .file(file)
            }
        }
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow,
            timeout: .init(
                connect: .nanoseconds(nanoseconds(settings.platform.connectTimeout))),
            connectionPool: .init(idleTimeout: .seconds(idleSeconds)))
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit =
            2 * settings.sync.concurrency + payersConnections
        // Nobody traces here, and the attributes of a span would be made for each call.
        configuration.tracing.tracer = nil
        configuration.http1_1ConnectionDebugInitializer = { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(
                    FlushConsolidationHandler(), position: .first)
            }
        }
        return HTTPClient(
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton.next(),
            configuration: configuration)
    }

    private static func nanoseconds(_ duration: Duration) -> Int64 {
        duration.components.seconds * 1_000_000_000
            + duration.components.attoseconds / 1_000_000_000
    }
}
