internal import GRDB
public import TerminalCore

/// Declined payments under whose number somebody's money may have been taken.
public struct DoubtTotal: Hashable, Sendable {
    public var count: Int
    public var amount: Money

    /// So many of the newest payments are looked at: a status costs the same after a million, and
    /// what people have looked at leaves it in the end.
    public static let windowMax = 5_000
}

extension Ledger {
    /// The newest payments that are in doubt, as ``Payment/isInDoubt`` says.
    public nonisolated func doubt(
        among window: Int = DoubtTotal.windowMax
    ) async throws(LedgerError) -> DoubtTotal {
        try await read { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT count(*), coalesce(sum(amount), 0) FROM payments
                    WHERE id > (SELECT coalesce(max(id), 0) FROM payments) - ?
                    AND state IN ('refused', 'reversed') AND reason = 'platform_conflict'
                    AND trade_id IS NULL AND paid_amount IS NULL
                    """)
            guard let row = try Row.fetchOne(statement, arguments: [window]) else {
                return DoubtTotal(count: 0, amount: .zero)
            }
            return try DoubtTotal(count: row.value(0), amount: Money(fen: row.value(1)))
        }
    }
}
