internal import GRDB
public import TerminalCore

/// What is open in a ledger, for who watches a terminal.
public struct LedgerFigures: Hashable, Sendable {
    /// The open payments of one state and reason.
    public struct Open: Hashable, Sendable {
        public var state: PaymentState
        public var reason: Reason?
        public var count: Int
        public var amount: Money
        /// The age of the oldest, as far as it is known.
        public var oldestAge: Duration
    }

    public var open: [Open]
    /// What counts against the offline limit of the terminal, and how old its oldest payment is.
    public var unforwarded: Money
    public var oldestUnforwarded: Duration?
}

extension Ledger {
    /// Reads the rows that are open, by their index: closed ones cost nothing, however many.
    public nonisolated func figures(now: Timestamp) async throws(LedgerError) -> LedgerFigures {
        let now = moment(now)
        return try await read { db in
            try LedgerFigures(
                open: Self.open(now, db), unforwarded: Facts.totalExposure(db),
                oldestUnforwarded: Facts.oldestAge(now: now, db))
        }
    }

    private static func open(_ now: Moment, _ db: Database) throws -> [LedgerFigures.Open] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT state, reason, count(*), sum(amount), min(id) FROM payments
                WHERE state IN
                    ('awaiting_card', 'pending', 'accepted', 'held', 'rejected', 'reversing')
                GROUP BY state, reason
                """)
        return try Row.fetchAll(statement).map { row in
            try LedgerFigures.Open(
                state: PaymentRow.word(row.value(0)), reason: PaymentRow.optionalWord(row.value(1)),
                count: row.value(2), amount: Money(fen: row.value(3)),
                oldestAge: now.age(since: PaymentRow.created(row.value(4), db)).likely)
        }
    }
}
