internal import ArgumentParser
internal import FoundationEssentials
internal import Journal
internal import Ledger
internal import Logging
internal import Settings
internal import TerminalCore

/// `kiosk-agent replay FILE`
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Delivers the payments of a terminal that has stopped, each once.",
        discussion: """
            FILE is a journal of kiosk-agent export, a file of ledger.mirror, or a copy of the \
            terminal's ledger with its -wal. It is safe to repeat. The terminal must not run, now \
            or later, with its old ledger: both would deliver the same payments.
            """)

    @Argument(help: "A journal, a mirror or a ledger file.")
    var file: String
    @Flag(help: "The terminal that made FILE has stopped and will not go on with its ledger.")
    var originalStopped = false
    @Flag(help: "Say what would be done; ask and send nothing.")
    var dryRun = false
    @Flag(name: .customLong("no-wal"), help: "FILE is a ledger that was closed cleanly.")
    var noWAL = false
    @OptionGroup var key: KeyOption
    @OptionGroup var config: ConfigOption

    func run() async throws {
        guard originalStopped || dryRun else {
            throw CommandFailure(
                .no,
                "a living terminal must not be replayed — it would deliver the same payments once "
                    + "more — make sure that it has stopped for good, then add --original-stopped")
        }
        var settings = try config.load().settings
        let foreign = try key.secret()
        let secret = foreign ?? settings.platform.clientSecret
        let source = try await ReplaySource.read(
            file, key: JournalKey(clientSecret: secret.exposed), withoutWAL: noWAL)
        if let line = source.tornLine {
            Terminal.say("the mirror breaks off in line \(line); what stands before it counts")
        }
        if dryRun { return Terminal.say(ReplayTable.plan(source)) }
        let own = try await OwnLedger(settings, against: source)
        try become(source, in: &settings, hasKey: foreign != nil)
        settings.platform.clientSecret = secret
        defer { withExtendedLifetime(own) {} }
        try await replay(source, settings)
    }

    /// Takes on the stopped terminal's identity at the platform.
    private func become(
        _ source: ReplaySource, in settings: inout Settings, hasKey: Bool
    ) throws {
        guard source.platform.host == settings.platform.host else {
            throw CommandFailure(
                .configuration,
                "the payments belong to another platform — they were made for "
                    + "\(source.platform.host), this configuration names "
                    + "\(settings.platform.host) — use a configuration for that one")
        }
        guard hasKey || source.platform.clientID == settings.platform.clientID else {
            throw CommandFailure(
                .configuration,
                "the terminal's credentials are missing — its client_id is not this one's — "
                    + "give its client_secret with --key FILE")
        }
        settings.platform.clientID = source.platform.clientID
    }

    private func replay(_ source: ReplaySource, _ settings: Settings) async throws {
        let agent = Agent(settings: settings, logger: Logger(label: "kiosk-agent"))
        let working = try WorkingLedger(agent, terminal: source.terminal)
        let seqs = try await working.adopt(source.payments)
        let end =
            seqs.isEmpty
            ? .done : try await ReplayRun(agent: agent, ledger: working.ledger).run()
        let payments = try await working.payments(seqs)
        Terminal.say(ReplayTable.result(payments))
        try conclude(end, payments)
    }

    private func conclude(_ end: ReplayRun.End, _ payments: [Payment]) throws {
        let left = payments.count { $0.state == .accepted || $0.state == .reversing }
        let again = "run the same command again"
        switch end {
        case .done: break
        case .stopped:
            throw CommandFailure(
                .no,
                "\(left) payments are left — three cards in a row were refused — check the key, "
                    + "the client_id and platform.payment_app, then \(again)")
        case .unreachable:
            throw CommandFailure(
                .unreachable,
                "\(left) payments are left — the platform cannot be reached — \(again)")
        case .credentials:
            throw CommandFailure(
                .configuration,
                "\(left) payments are left — the platform refuses the terminal's credentials — "
                    + "check --key, then \(again)")
        case .stuck:
            throw CommandFailure(
                .tryLater,
                "\(left) payments are left — the platform does not take them now — \(again)")
        }
        let open = payments.count { $0.state == .held || $0.state == .rejected }
        guard open == 0 else {
            throw CommandFailure(
                .no,
                "\(open) payments need a decision — the platform refused them, or says otherwise — "
                    + "settle them by hand; the reasons are above")
        }
    }
}
