internal import ArgumentParser
internal import Journal
internal import Logging
internal import Sealing
internal import Settings
internal import SyncEngine
internal import TerminalCore

/// `kiosk-agent replay FILE`
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Delivers the payments of a terminal that has stopped, each once.",
        discussion: Help.text(
            """
            FILE is a journal of kiosk-agent export, a file of ledger.mirror, or a copy of the \
            terminal's ledger with its -wal. It is safe to repeat. The terminal must not run, now \
            or later, with its old ledger: both would deliver the same payments. Sealed card \
            numbers of a dead terminal are opened with the private key of its ledger.recovery_key.
            """,
            examples: "replay K001.journal --dry-run", "replay K001.journal --original-stopped"))

    @Argument(help: "A journal, a mirror or a ledger file.")
    var file: String
    @Flag(help: "The terminal that made FILE has stopped and will not go on with its ledger.")
    var originalStopped = false
    @Flag(help: "Say what would be done; ask and send nothing.")
    var dryRun = false
    @Flag(name: .customLong("no-wal"), help: "FILE is a ledger that was closed cleanly.")
    var noWAL = false
    @Option(
        help: "Offer this payment again, which an earlier replay left held or rejected; repeatable."
    )
    var submit: [String] = []
    @Option(help: "Close this payment as a loss, with --why; repeatable.")
    var writeOff: [String] = []
    @Option(help: "The reason, for the history of --submit and --write-off.")
    var why: String?
    @OptionGroup var key: KeyOption
    @OptionGroup var config: ConfigOption

    func validate() throws {
        for seq in submit + writeOff { try Checked.seq(seq) }
        guard writeOff.isEmpty || why != nil else {
            throw ValidationError(
                Phrase(
                    en: "--write-off needs --why",
                    zh: "--write-off 需要 --why"))
        }
    }

    private var decisions: [ReplayDecision] {
        submit.map { ReplayDecision(kind: .submit, seq: $0) }
            + writeOff.map { ReplayDecision(kind: .writeOff, seq: $0) }
    }

    func run() async throws {
        guard originalStopped || dryRun else {
            throw CommandFailure(
                .no,
                Phrase(
                    en: "a living terminal must not be replayed — it would deliver the same "
                        + "payments once more — make sure that it has stopped for good, then add "
                        + "--original-stopped",
                    zh: "不能重放仍在运行的终端 — 它会把同样的交易再次上传 — "
                        + "请确认它已彻底停用，再加 --original-stopped"))
        }
        let settings = try config.load().settings
        let keys = try key.read()
        let signer = keys.secret ?? settings.platform.clientSecret
        var source = try await ReplaySource.read(
            file, key: JournalKey(clientSecret: signer.exposed),
            cards: CardKeys(seal: CardSeal(settings), secret: keys.recovery), withoutWAL: noWAL)
        if let line = source.tornLine {
            let words = Phrase(
                en: "the mirror breaks off in line \(line); what stands before it counts",
                zh: "镜像在第 \(line) 行中断；之前的内容有效")
            Terminal.say(words.text)
        }
        if dryRun {
            Terminal.say(ReplayTable.plan(source))
            if let problem = source.cardProblem {
                let words = Phrase(
                    en: "before that: \(problem.phrase.en)", zh: "在此之前：\(problem.phrase.zh)")
                Terminal.say(words.text)
            }
            return
        }
        let own = try await OwnLedger(settings, against: source)
        defer { withExtendedLifetime(own) {} }
        if !own.known.isEmpty {
            source.payments.removeAll { own.known.contains($0.seq) }
            let words = Phrase(
                en: "\(own.known.count) are in this terminal's own ledger and left to its agent",
                zh: "\(own.known.count) 笔已在本终端的账本中，由其终端程序处理")
            Terminal.say(words.text)
        }
        let delivery = try ReplayDelivery(
            source, settings, secret: keys.secret, words: .command,
            logger: Logger(label: "kiosk-agent"))
        let bar = ProgressBar(ProgressWords.replaying)
        let outcome = try await delivery.run(
            decisions, by: OperatorsWord(by: Operator.userName, why: why)
        ) { done, total in bar.show(done, of: total) }
        bar.end()
        Terminal.say(ReplayTable.result(outcome.payments))
        if let failure = outcome.failure(.command) { throw failure }
    }
}
