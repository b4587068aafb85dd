internal import GRDB
public import TerminalCore

extension Ledger {
    /// So many of the newest changes are looked at: a start costs the same after a million.
    public static let refusalsWindow = 1_000

    /// The last cards whose approved payments were rejected without a payment settled since, the
    /// newest first; at most `limit` different ones.
    public nonisolated func refusedInARow(
        limit: Int, among window: Int = Ledger.refusalsWindow
    ) async throws(LedgerError) -> [CardNumber] {
        try await read { db in
            let statement = try db.cachedStatement(
                sql: """
                    WITH lately AS (
                        SELECT id, payment, to_state FROM history
                        WHERE id > (SELECT max(id) FROM history) - ?
                        AND to_state IN ('settled', 'rejected'))
                    SELECT payment FROM lately WHERE to_state = 'rejected' AND id > coalesce(
                        (SELECT max(id) FROM lately WHERE to_state = 'settled'), 0)
                    ORDER BY id DESC
                    """)
            var found: [CardNumber] = []
            for id in try Int64.fetchAll(statement, arguments: [window])
            where found.count < limit {
                let card = try PaymentRow.fetch(db, self.cards, where: "id = ?", [id]).first?.card
                if let card, !found.contains(card) { found.append(card) }
            }
            return found
        }
    }
}
