internal import GRDB
public import TerminalCore

/// The payments of a day, counted by SQLite.
struct DayGroups: Sendable {
    private var groups: [DayReport.Group]
    /// The rows that were counted, for ``ArchivedTime``.
    private var counted: String

    /// Of the ledger's own payments.
    init(_ time: Range<Timestamp>, _ db: Database) throws {
        let bounds: StatementArguments = [
            time.lowerBound.milliseconds, time.upperBound.milliseconds,
        ]
        groups = try Self.groups(db, Self.statement, bounds)
        counted = ArchivedTime.list(
            try Int64.fetchAll(
                db, sql: "SELECT id FROM payments WHERE created_at >= ? AND created_at < ?",
                arguments: bounds))
    }

    /// The report of `date`, with what went to the archives beside the file `ledger`.
    func report(_ date: LocalDate, ledger: String) async throws(LedgerError) -> DayReport {
        let (time, counted) = (date.moments, counted)
        let archived = try await ArchivedTime(time: time, ledger: ledger).read { db in
            try Self.groups(
                db, Self.archivedStatement,
                [time.lowerBound.milliseconds, time.upperBound.milliseconds, counted])
        }
        return DayReport(date, groups: groups + archived.joined())
    }

    static let statement = select + grouping
    private static let archivedStatement =
        select + " AND id NOT IN (SELECT value FROM json_each(?))" + grouping

    /// What the platform said was taken; its silence about a charge means the whole amount.
    private static let select = """
        SELECT substr(seq, 1, length(seq) - 13), state, reason, offline, count(*), sum(amount),
            sum(CASE WHEN state = 'settled' THEN coalesce(paid_amount, amount) ELSE 0 END),
            min(created_at), max(created_at)
        FROM payments WHERE created_at >= ? AND created_at < ?
        """
    private static let grouping = " GROUP BY 1, 2, 3, 4"

    private static func groups(
        _ db: Database, _ statement: String, _ arguments: StatementArguments
    ) throws -> [DayReport.Group] {
        try Row.fetchAll(db, sql: statement, arguments: arguments).map { row in
            try DayReport.Group(
                terminal: row.value(0), state: PaymentRow.word(row.value(1)),
                reason: PaymentRow.optionalWord(row.value(2)), isOffline: row.value(3),
                count: row.value(4), amount: Money(fen: row.value(5)),
                paidAmount: Money(fen: row.value(6)),
                first: PaymentRow.moment(row.value(7)), last: PaymentRow.moment(row.value(8)))
        }
    }
}

extension Ledger {
    /// The totals of a local day, the archived payments included.
    public nonisolated func report(_ date: LocalDate) async throws(LedgerError) -> DayReport {
        let groups = try await read { db in try DayGroups(date.moments, db) }
        return try await groups.report(date, ledger: path)
    }
}

extension LedgerReader {
    /// The totals of a local day, with what went to the archives beside the original.
    public func report(_ date: LocalDate) async throws(LedgerError) -> DayReport {
        let groups = try await read { db in try DayGroups(date.moments, db) }
        return try await groups.report(date, ledger: original)
    }
}
