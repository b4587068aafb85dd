internal import GRDB
public import TerminalCore

extension Ledger {
    /// How many payments were made within `time`, the archived ones included.
    public nonisolated func count(
        madeWithin time: Range<Timestamp>
    ) async throws(LedgerError) -> Int {
        let kept = try await read { db in
            try Int64.fetchAll(
                db, sql: "SELECT id FROM payments WHERE created_at >= ? AND created_at < ?",
                arguments: [time.lowerBound.milliseconds, time.upperBound.milliseconds])
        }
        let list = ArchivedTime.list(kept)
        let archived = try await ArchivedTime(time: time, ledger: path).read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT count(*) FROM payments WHERE created_at >= ? AND created_at < ?
                    AND id NOT IN (SELECT value FROM json_each(?))
                    """,
                arguments: [time.lowerBound.milliseconds, time.upperBound.milliseconds, list]) ?? 0
        }
        return kept.count + archived.reduce(0, +)
    }

    /// The payments made within `time` that are in the ledger itself, after row `id`, oldest first.
    public nonisolated func payments(
        madeWithin time: Range<Timestamp>, after id: Int64, limit: Int
    ) async throws(LedgerError) -> [Payment] {
        try await read { db in
            try Self.payments(db, self.cards, madeWithin: time, after: id, limit: limit)
        }
    }

    /// The payments made within `time` that went to the archive, after row `id`, oldest first.
    ///
    /// Some may still be in the ledger, too: the ledger's row counts, and must be read before.
    public nonisolated func archivedPayments(
        madeWithin time: Range<Timestamp>, after id: Int64, limit: Int
    ) async throws(LedgerError) -> [ArchivedPayment] {
        let pages = try await ArchivedTime(time: time, ledger: path).read { db in
            try Self.payments(
                db, self.cards, madeWithin: time, after: id, limit: limit
            ).map { payment in
                ArchivedPayment(
                    payment: payment,
                    earlierOrders: try HistoryRow.earlierOrders(of: payment, db))
            }
        }
        return Array(pages.joined().sorted { $0.payment.id < $1.payment.id }.prefix(limit))
    }

    private static func payments(
        _ db: Database, _ cards: CardColumn, madeWithin time: Range<Timestamp>, after id: Int64,
        limit: Int
    ) throws -> [Payment] {
        try PaymentRow.fetch(
            db, cards, where: "id > ? AND created_at >= ? AND created_at < ? ORDER BY id LIMIT ?",
            [id, time.lowerBound.milliseconds, time.upperBound.milliseconds, limit])
    }
}
