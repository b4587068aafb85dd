internal import GRDB
public import TerminalCore

/// A payment for a journal.
public struct ExportedPayment: Hashable, Sendable {
    public var payment: Payment
    /// The number of its newest line of history.
    public var change: Int64
    /// The text of its card, when that is sealed and the key is not at hand.
    public var sealedCard: String?
}

extension Ledger {
    /// The payments after row `id`, oldest first; in `states` only, or in any when there are
    /// none.
    public nonisolated func exported(
        after id: Int64, states: Set<PaymentState>, limit: Int
    ) async throws(LedgerError) -> [ExportedPayment] {
        let words = states.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
        let condition = states.isEmpty ? "1" : "state IN (\(words))"
        return try await read { db in
            try PaymentRow.fetch(
                db, self.cards, where: "\(condition) AND id > ? ORDER BY id LIMIT ?", [id, limit]
            ).map { payment in
                ExportedPayment(
                    payment: payment, change: try HistoryRow.newest(of: payment, db),
                    sealedCard: try PaymentRow.sealedCard(of: payment, self.cards, db))
            }
        }
    }

    /// Whether a running agent holds the ledger at `path`.
    public static func isInUse(_ path: String) -> Bool { LedgerLock.isHeld(path: path + ".lock") }
}
