internal import GRDB
public import TerminalCore

extension Ledger {
    /// How many payments were made within `time`.
    public nonisolated func count(
        madeWithin time: Range<Timestamp>
    ) async throws(LedgerError) -> Int {
        try await read { db in
            try Int.fetchOne(
                db,
                sql: "SELECT count(*) FROM payments WHERE created_at >= ? AND created_at < ?",
                arguments: [time.lowerBound.milliseconds, time.upperBound.milliseconds]) ?? 0
        }
    }

    /// The payments made within `time`, after row `id`, oldest first.
    public nonisolated func payments(
        madeWithin time: Range<Timestamp>, after id: Int64, limit: Int
    ) async throws(LedgerError) -> [Payment] {
        try await read { db in
            try PaymentRow.fetch(
                db, where: "id > ? AND created_at >= ? AND created_at < ? ORDER BY id LIMIT ?",
                [id, time.lowerBound.milliseconds, time.upperBound.milliseconds, limit])
        }
    }
}
