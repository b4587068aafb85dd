internal import Journal
internal import Ledger
internal import Logging
internal import Sealing
internal import ServiceLifecycle
internal import Settings
internal import TerminalCore

/// Looks after the mirror: begins it anew when it is full or its medium is back, and says so.
struct MirrorService: Service {
    let mirror: JournalMirror?
    let ledger: Ledger
    let clock: any TerminalClock
    let logger: Logger

    /// How often a medium that is away is looked for.
    private static let retry = Duration.seconds(5)

    func run() async throws {
        guard let mirror else { return try await gracefulShutdown() }
        await cancelWhenGracefulShutdown {
            var lastFailure: String?
            for await event in mirror.events { await handle(event, &lastFailure) }
        }
    }

    private func handle(_ event: MirrorEvent, _ lastFailure: inout String?) async {
        switch event {
        case .ready:
            logger.notice("the mirror is written")
            lastFailure = nil
        case .full: await ledger.beginMirror()
        case .slow: logger.error("mirror", metadata: ["problem": "it does not answer in time"])
        case .foreign(let path):
            logger.error(
                "mirror",
                metadata: [
                    "problem": "\(path) holds payments that this ledger does not know; it is kept",
                    "mend": "kiosk-agent replay \(path) --original-stopped",
                ])
        case .failed(let problem):
            if problem != lastFailure {
                logger.error("mirror", metadata: ["problem": "\(problem)"])
            }
            lastFailure = problem
            try? await clock.sleep(for: Self.retry)
            await ledger.beginMirror()
        }
    }
}

extension JournalMirror {
    /// The last words may take this long at the end.
    static let drainMax = Duration.seconds(2)

    /// The mirror as configured; nil without one.
    convenience init?(
        _ settings: Settings, identity: PlatformIdentity, clock: any TerminalClock
    ) {
        guard let directory = settings.ledger.mirror else { return nil }
        self.init(
            MirrorSettings(
                directory: directory, signer: JournalSigner(settings, identity: identity),
                isRequired: settings.ledger.mirrorRequired),
            clock: clock)
    }
}

extension JournalSigner {
    init(_ settings: Settings, identity: PlatformIdentity) {
        let seal = CardSeal(settings)
        self.init(
            terminal: settings.terminal.id, platform: identity,
            key: JournalKey(clientSecret: settings.platform.clientSecret.exposed), seal: seal,
            cardKey: seal.map { CardKeyNote($0, for: settings.ledger.recoveryKey) })
    }
}
