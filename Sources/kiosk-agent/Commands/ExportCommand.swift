internal import ArgumentParser
internal import Journal
internal import NIOCore
internal import Sealing
internal import Settings
internal import TerminalCore

/// `kiosk-agent export FILE`
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes a signed journal of payments, for another machine.",
        discussion: Help.text(
            examples: "export K001.journal", "export K001.journal --ledger ledger.sqlite"))

    @Argument(help: "The journal to write; it must not exist.")
    var file: String
    @Option(help: "Only these states, separated by commas.")
    var state: String?
    @OptionGroup var ledger: LedgerFileOption
    @OptionGroup var key: KeyOption
    @OptionGroup var config: ConfigOption

    func run() async throws {
        let states = try states()
        let bar = ProgressBar(ProgressWords.exporting)
        let journal: JournalFile
        do { journal = try JournalFile(file) } catch { throw cannotWrite(error) }
        if let file = ledger.file {
            try await export(file, states, to: journal, bar)
        } else {
            struct Body: Encodable { var state: String? }
            try await config.client().download("POST", "/v1/export", body: Body(state: state)) {
                try journal.append(Array($0.readableBytesView))
                bar.show(journal.length / 1_024, of: nil)
            }
        }
        bar.end()
        try finish(journal)
    }

    private func states() throws -> Set<PaymentState> {
        Set(
            try (state ?? "").split(separator: ",").map { word in
                guard let state = PaymentState(rawValue: String(word)) else {
                    throw ValidationError(
                        Phrase(
                            en: "--state must be payment states, separated by commas",
                            zh: "--state 必须为交易状态，用逗号分隔"))
                }
                return state
            })
    }

    /// Cards that nobody here can open are handed on as they are sealed.
    private func export(
        _ file: String, _ states: Set<PaymentState>, to journal: JournalFile, _ bar: ProgressBar
    ) async throws {
        let keys = try key.read()
        let own = try own(keys)
        let ledger = try ForeignLedger(
            file, withoutWAL: ledger.acceptsMissingWAL,
            cards: CardKeys(seal: own.seal, secret: keys.recovery))
        guard let newest = try await ledger.newest() else {
            throw CommandFailure(
                .data,
                Phrase(
                    en: "there is nothing to export — the ledger is empty — check the path",
                    zh: "没有可导出的内容 — 账本为空 — 请检查路径"))
        }
        let signer = JournalSigner(
            terminal: SeqGenerator.terminal(of: newest.seq) ?? "", platform: newest.platform,
            key: JournalKey(clientSecret: own.secret.exposed), seal: ledger.seal,
            cardKey: ledger.cardKey)
        var export = try JournalExport(
            signer, at: SystemTerminalClock().now(), isClosing: true)
        while !export.isEnded {
            let page = try await ledger.page(after: export.last, states: states)
            try journal.append(export.take(page))
            bar.show(journal.length / 1_024, of: nil)
        }
    }

    /// In whose name it is signed. No configuration is needed where a file has that secret.
    private func own(_ keys: KeyOption.Keys) throws -> (secret: Secret, seal: CardSeal?) {
        if let secret = keys.secret { return (secret, nil) }
        let settings = try config.load().settings
        return (settings.platform.clientSecret, CardSeal(settings))
    }

    /// An answer that broke off is seen by its missing end.
    private func finish(_ journal: JournalFile) throws {
        do throws(JournalError) {
            try journal.finish()
        } catch {
            throw cannotWrite(error)
        }
        let written = try Journal.inspect(file)
        let (count, terminal) = (written.payments.count, written.header.terminal)
        let words = Phrase(
            en: "\(count) payments of \(terminal) in \(file)",
            zh: "终端 \(terminal) 的 \(count) 笔交易已写入 \(file)")
        Terminal.say(words.text)
    }

    private func cannotWrite(_ error: JournalError) -> CommandFailure {
        CommandFailure(.cannotWrite, error.phrase)
    }
}
