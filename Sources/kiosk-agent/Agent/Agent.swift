internal import AsyncHTTPClient
internal import CardReader
internal import Journal
internal import Ledger
internal import LocalAPI
internal import Logging
internal import OAuth
internal import ServiceLifecycle
internal import Settings
internal import SovellPay
internal import SyncEngine
internal import Systemd
internal import TerminalAgent
internal import TerminalCore
internal import UnixSignals

/// Puts the rooms together: the one place that knows them all.
struct Agent {
    let settings: Settings
    let logger: Logger
    /// Has the service manager wait for a ledger that takes long to open; nil without a manager.
    var patience: StartPatience?
    let clock = SystemTerminalClock()

    /// Which platform this agent talks to, and as whom.
    var identity: PlatformIdentity { PlatformIdentity(settings) }

    /// Runs until SIGTERM or SIGINT; what is in flight is finished first.
    func run(_ configuration: RunningConfiguration) async throws {
        patience?.begin()
        let identity = identity
        let mirror = JournalMirror(settings, identity: identity, clock: clock)
        let ledger = try openLedger(mirror)
        warnOfCards()
        await ledger.beginMirror()
        var recovery = RecoveryService(ledger: ledger, clock: clock, logger: logger)
        try await recovery.begin()
        let client = try HTTPClient.forPlatform(settings)
        do {
            try await serve(configuration, ledger, mirror, recovery, identity, client)
        } catch {
            try? await client.shutdown()
            throw error
        }
        try await client.shutdown()
        await mirror?.drain(within: JournalMirror.drainMax)
    }

    private func serve(
        _ configuration: RunningConfiguration, _ ledger: Ledger, _ mirror: JournalMirror?,
        _ recovery: RecoveryService, _ identity: PlatformIdentity, _ client: HTTPClient
    ) async throws {
        let sovell = platform(HTTPWire(client: client))
        let engine = SyncEngine(
            ledger: ledger, platform: sovell, identity: identity, rules: DeliveryRules(settings),
            clock: clock, random: { Double.random(in: $0) })
        let agent = TerminalAgent(
            ledger: ledger, engine: engine, rules: AgentRules(settings), clock: clock,
            takesSimulatedTaps: settings.reader.source == .simulated)
        let taps = TapService(settings: settings)
        let scans = ScanService(settings: settings)
        let notifier = ServiceNotifier(
            engine: engine, readerTurns: { taps.turns }, clock: clock, logger: logger)
        let api = LocalAPI(
            settings: APISettings(settings, version: Version.text), ledger: ledger,
            engine: engine, agent: agent, clock: clock,
            signer: JournalSigner(settings, identity: identity),
            replayer: JournalReplayer(settings: settings, logger: logger),
            desk: PlatformCodeDesk(
                tokens: sovell.tokens, clock: clock, terminal: settings.terminal.id,
                random: RandomName.make),
            logger: quietLogger
        ) { [logger, patience] port in
            logger.info("the local API is open", metadata: ["port": "\(port)"])
            patience?.end()
            await notifier.ready()
        }
        let group = ServiceGroup(
            configuration: .init(
                services: [
                    EventLog(ledger: ledger, agent: agent, engine: engine, logger: logger),
                    MirrorService(mirror: mirror, ledger: ledger, clock: clock, logger: logger),
                    recovery,
                    SyncService(engine: engine, executor: LoopExecutor(of: client)),
                    AgentService(agent: agent, taps: taps.events, scans: scans.events),
                    ArchiveService(
                        ledger: ledger, keep: settings.ledger.keep, clock: clock, logger: logger),
                    SealingService(ledger: ledger, clock: clock, logger: logger),
                    taps, scans, api, notifier,
                    ReloadService(
                        configuration: configuration, engine: engine, agent: agent, api: api,
                        logger: logger, tell: { await notifier.tell($0) }),
                ],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: quietLogger))
        try await group.run()
    }

    /// Says what becomes of the card numbers when the disk is stolen, or when the board dies.
    private func warnOfCards() {
        if settings.ledger.dataKey == nil {
            logger.warning(
                "card numbers are kept as they are",
                metadata: [
                    "why": "there is no credential data_key to seal them with",
                    "mend": "kiosk-agent setup makes one",
                ])
        } else if settings.ledger.recoveryKey == nil {
            logger.warning(
                "nobody can open the card numbers once this machine is lost",
                metadata: [
                    "why": "there is no ledger.recovery_key",
                    "mend": "kiosk-agent setup asks for one",
                ])
        }
    }

    private func openLedger(_ mirror: JournalMirror?) throws -> Ledger {
        do {
            return try Ledger(LedgerSettings(settings, clock: clock, mirror: mirror))
        } catch {
            throw error.openingFailure
        }
    }

    func platform(_ wire: HTTPWire) -> SovellPlatform {
        let platform = settings.platform
        let secret = OAuth.Secret(platform.clientSecret.exposed)
        let tokens = TokenClient(
            platform: SovellOAuth(platform), wire: wire,
            timeout: platform.requestTimeout, uptime: { [clock] in clock.uptime() })
        return SovellPlatform(
            pay: SovellPay(
                baseURL: platform.baseURL, clientSecret: secret, app: platform.paymentApp,
                refusalReasons: platform.refusalReasons, tokens: tokens, wire: wire,
                timeout: platform.requestTimeout),
            tokens: tokens)
    }

    /// The libraries' own words are of interest only when something is searched for.
    private var quietLogger: Logger {
        var quiet = logger
        quiet.logLevel = .warning
        return quiet
    }
}

/// The Sovell platform as the engine wants it.
struct SovellPlatform: Platform {
    let pay: SovellPay
    /// Who gets its tokens, for what is no payment.
    let tokens: TokenClient

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
