internal import GRDB
public import TerminalCore

extension Ledger {
    /// The payments after row `id`, oldest first, each with the number of its newest line of
    /// history; in `states` only, or in any when there are none.
    public nonisolated func exported(
        after id: Int64, states: Set<PaymentState>, limit: Int
    ) async throws(LedgerError) -> [LedgerChange] {
        let words = states.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
        let condition = states.isEmpty ? "1" : "state IN (\(words))"
        return try await read { db in
            try PaymentRow.fetch(
                db, self.cards, where: "\(condition) AND id > ? ORDER BY id LIMIT ?", [id, limit]
            ).map { LedgerChange(id: try HistoryRow.newest(of: $0, db), payment: $0) }
        }
    }

    /// Whether a running agent holds the ledger at `path`.
    public static func isInUse(_ path: String) -> Bool { LedgerLock.isHeld(path: path + ".lock") }
}
