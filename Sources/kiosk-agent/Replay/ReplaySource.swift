internal import Glibc
internal import Journal
internal import Ledger
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

    /// Reads and checks the file. `key` verifies a journal; a ledger has no signature of its own.
    static func read(
        _ path: String, key: JournalKey, withoutWAL: Bool
    ) async throws -> ReplaySource {
        if isLedger(path) { return try await ledger(path, withoutWAL: withoutWAL) }
        do throws(JournalError) {
            return try journal(path, key: key)
        } catch {
            throw CommandFailure(.data, error.description)
        }
    }

    /// Reads and checks a journal or a mirror.
    static func journal(_ path: String, key: JournalKey) throws(JournalError) -> ReplaySource {
        let journal = try Journal.read(path, key: key)
        return ReplaySource(
            terminal: journal.header.terminal, platform: journal.header.platform,
            payments: journal.payments, tornLine: journal.tornLine,
            undecided: journal.header.kind == .export
                ? journal.payments.count { $0.state == .pending && $0.mayBeCharged } : 0)
    }

    private static func ledger(_ path: String, withoutWAL: Bool) async throws -> ReplaySource {
        guard !Ledger.isInUse(path) else {
            throw CommandFailure(
                .no,
                "the terminal is alive — its agent holds \(path) — let it deliver its payments "
                    + "itself")
        }
        let ledger = try ForeignLedger(path, withoutWAL: withoutWAL)
        guard let newest = try await ledger.newest() else {
            throw CommandFailure(
                .data, "there is nothing to replay — the ledger is empty — check the path")
        }
        var source = ReplaySource(
            terminal: Sequence.terminal(of: newest.seq) ?? "", platform: newest.platform,
            payments: [])
        var last: Int64 = 0
        while true {
            let page = try await ledger.page(after: last, states: [])
            guard let end = page.last else { return source }
            source.payments += page.map(\.payment)
            last = end.payment.id
        }
    }

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
