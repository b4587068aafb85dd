internal import GRDB
public import TerminalCore

/// A part of a list, newest first.
public struct PaymentPage: Hashable, Sendable {
    public var payments: [Payment]
    /// The ``PaymentFilter/before`` of the next part; nil at the end.
    public var next: Int64?
    /// How many payments were looked at to find these; nil where the ledger finds them at once.
    public var lookedAt: Int?

    public init(_ payments: [Payment], next: Int64? = nil, lookedAt: Int? = nil) {
        self.payments = payments
        self.next = next
        self.lookedAt = lookedAt
    }
}

/// How much is in one state.
public struct StateTotal: Hashable, Sendable {
    public var count: Int
    public var amount: Money
    public var oldest: Timestamp
}

extension Ledger {
    /// The payment as it stands; nil when there is none.
    ///
    /// Takes its turn behind the writes, so that nobody is told of an approval before the mirror
    /// has it.
    public func payment(_ seq: String) throws(LedgerError) -> Payment? {
        try readNow { db in try PaymentRow.fetchOne(db, cards, seq: seq) }
    }

    /// Newest first.
    public nonisolated func payments(
        _ filter: PaymentFilter
    ) async throws(LedgerError) -> [Payment] {
        try await page(filter).payments
    }

    /// Every change of one payment, oldest first.
    public nonisolated func history(
        _ seq: String
    ) async throws(LedgerError) -> [PaymentChange] {
        try await read { db in
            try HistoryRow.fetch(db, where: "payments.seq = ? ORDER BY history.id", [seq])
        }
    }

    /// The number of the newest change; 0 while there is none.
    public nonisolated func newestChange() async throws(LedgerError) -> Int64 {
        try await read { db in try Int64.fetchOne(db, sql: "SELECT max(id) FROM history") ?? 0 }
    }

    /// The changes after number `id`, oldest first; nil when that number was never given.
    public nonisolated func changes(
        after id: Int64, limit: Int
    ) async throws(LedgerError) -> [PaymentChange]? {
        try await read { db in
            let newest = try Int64.fetchOne(db, sql: "SELECT max(id) FROM history") ?? 0
            guard (0...newest).contains(id) else { return nil }
            return try HistoryRow.fetch(
                db, where: "history.id > ? ORDER BY history.id LIMIT ?", [id, limit])
        }
    }

    /// The payments that the platform is owed, after row `id`, oldest first.
    public func owed(after id: Int64, limit: Int) throws(LedgerError) -> [Payment] {
        try readNow { db in
            try PaymentRow.fetch(
                db, cards,
                where: """
                    state IN ('accepted', 'reversing')
                    AND state IN ('awaiting_card', 'pending', 'accepted', 'reversing')
                    AND id > ? ORDER BY id LIMIT ?
                    """, [id, limit])
        }
    }

    /// Counts and fen of every state that is not final.
    public nonisolated func totals() async throws(LedgerError) -> [PaymentState: StateTotal] {
        try await read { db in
            let open = """
                state IN ('awaiting_card', 'pending', 'accepted', 'held', 'rejected', 'reversing')
                """
            return try Self.totals(db, where: open)
        }
    }

    /// What counts as unforwarded against the offline limit of the terminal.
    public nonisolated func totalExposure() async throws(LedgerError) -> Money {
        try await read { db in try Facts.totalExposure(db) }
    }

    /// Counts and fen of each state among the payments of `condition`.
    static func totals(
        _ db: Database, where condition: String
    ) throws -> [PaymentState: StateTotal] {
        let sql = """
            SELECT state, count(*), sum(amount), min(created_at) FROM payments
            WHERE \(condition) GROUP BY state
            """
        let rows = try Row.fetchAll(db, sql: sql).map { row in
            (
                try PaymentRow.word(row.value(0)) as PaymentState,
                try StateTotal(
                    count: row.value(1), amount: Money(fen: row.value(2)),
                    oldest: PaymentRow.moment(row.value(3)))
            )
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// The last approved payment of `card` before this start, if its payer was not told of it.
    ///
    /// Nil when it is older than `ageMax`. A wall clock that may have jumped over the last start of
    /// the machine makes it neither older nor younger.
    public func untold(
        _ card: CardNumber, ageMax: Duration, now: Timestamp
    ) throws(LedgerError) -> Payment? {
        let stored = cards.stored(card)
        let payment = try readNow { db in
            try PaymentRow.fetch(
                db, cards, where: Self.approvedOfCard, [stored.text, stored.plain, lastFound]
            ).first
        }
        guard let payment, payment.toldAt == nil else { return nil }
        let age = moment(now).age(since: payment.created)
        let isOfLastStart = payment.createdBootTime.map { $0.boot >= boot - 1 } ?? false
        let guess = isOfLastStart ? age.atLeast : age.likely
        return age.atMost ?? guess <= ageMax ? payment : nil
    }

    /// The plus keeps SQLite from going through all settled payments to save the sorting of one
    /// card's.
    static let approvedOfCard = """
        card IN (?, ?) AND id <= ? AND +state IN ('settled', 'accepted', 'held', 'rejected')
        ORDER BY id DESC LIMIT 1
        """

    /// Asks SQLite to check the whole file; the texts name what is wrong, none when all is well.
    public nonisolated func integrityProblems() async throws(LedgerError) -> [String] {
        try await read { db in try Self.integrityProblems(db) }
    }

    static func integrityProblems(_ db: Database) throws -> [String] {
        let found = try String.fetchAll(db, sql: "PRAGMA integrity_check(20)")
        let dangling =
            try Int.fetchOne(db, sql: "SELECT count(*) FROM pragma_foreign_key_check") ?? 0
        return found.filter { $0 != "ok" }
            + (dangling == 0 ? [] : ["\(dangling) rows point to nothing"])
    }
}
