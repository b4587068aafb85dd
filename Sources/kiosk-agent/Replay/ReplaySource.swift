internal import Glibc
internal import Journal
internal import Ledger
internal import Sealing
internal import TerminalCore

/// What a stopped terminal left behind: a journal, a mirror or its ledger.
struct ReplaySource {
    var terminal: String
    var platform: PlatformIdentity
    var payments: [Payment]
    /// The line at which a mirror breaks off.
    var tornLine: Int?
    /// Payments without an outcome when a running terminal exported them: their payers may have
    /// been told "yes" since.
    var undecided = 0
    /// Why card numbers stay sealed; their payments have none here and cannot be delivered.
    var cardProblem: CardKeyError?

    /// Reads and checks the file. `key` verifies a journal; a ledger has no signature of its own.
    /// `cards` opens what is sealed.
    static func read(
        _ path: String, key: JournalKey, cards: CardKeys, withoutWAL: Bool
    ) async throws -> ReplaySource {
        if isLedger(path) { return try await ledger(path, cards, withoutWAL: withoutWAL) }
        do throws(JournalError) {
            return try journal(path, key: key, cards: cards)
        } catch {
            throw CommandFailure(.data, error.phrase)
        }
    }

    /// Reads and checks a journal or a mirror.
    static func journal(
        _ path: String, key: JournalKey, cards: CardKeys
    ) throws(JournalError) -> ReplaySource {
        let journal = try Journal.read(path, key: key, cards: cards)
        return ReplaySource(
            terminal: journal.header.terminal, platform: journal.header.platform,
            payments: journal.payments, tornLine: journal.tornLine,
            undecided: journal.header.kind == .export
                ? journal.payments.count { $0.state == .pending && $0.mayBeCharged } : 0,
            cardProblem: journal.cardProblem)
    }

    private static func ledger(
        _ path: String, _ cards: CardKeys, withoutWAL: Bool
    ) async throws -> ReplaySource {
        guard !Ledger.isInUse(path) else {
            throw CommandFailure(
                .no,
                Phrase(
                    en: "the terminal is alive — its agent holds \(path) — let it deliver its "
                        + "payments itself",
                    zh: "该终端仍在运行 — 其终端程序占用了 \(path) — 请让它自己上传交易"))
        }
        let ledger = try ForeignLedger(path, withoutWAL: withoutWAL, cards: cards)
        guard let newest = try await ledger.newest() else {
            throw CommandFailure(
                .data,
                Phrase(
                    en: "there is nothing to replay — the ledger is empty — check the path",
                    zh: "没有可重放的内容 — 账本为空 — 请检查路径"))
        }
        var source = ReplaySource(
            terminal: SeqGenerator.terminal(of: newest.seq) ?? "", platform: newest.platform,
            payments: [])
        var last: Int64 = 0
        while true {
            let page = try await ledger.page(after: last, states: [])
            guard let end = page.last else { return source }
            source.payments += page.map(\.payment)
            if page.contains(where: { $0.sealedCard != nil }) {
                source.cardProblem = ledger.cardProblem
            }
            last = end.payment.id
        }
    }

    /// Whether something is left to be done for its payments.
    var owesSomething: Bool { payments.contains { $0.adoptedState != nil } }

    /// Whether the file is SQLite's.
    static func isLedger(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: ForeignLedger.mark.count)
        return Glibc.read(descriptor, &bytes, bytes.count) == bytes.count
            && bytes == ForeignLedger.mark
    }
}
