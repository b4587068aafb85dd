internal import GRDB
public import TerminalCore

extension Ledger {
    /// Whether an operator had `payment` submitted although its card is lost.
    ///
    /// The decision lives in the history alone: the line from `held` to `accepted` that keeps the
    /// reason.
    public nonisolated func isSubmittedDespiteLoss(
        _ payment: Payment
    ) async throws(LedgerError) -> Bool {
        try await read { db in
            try Bool.fetchOne(
                db,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM history WHERE payment = ?
                        AND from_state = 'held' AND to_state = 'accepted'
                        AND reason = 'card_lost')
                    """, arguments: [payment.id]) ?? false
        }
    }

    /// The order numbers that `payment` had before its present one, oldest first.
    public nonisolated func earlierOrders(
        of payment: Payment
    ) async throws(LedgerError) -> [String] {
        try await read { db in try HistoryRow.earlierOrders(of: payment, db) }
    }
}
