internal import GRDB
public import TerminalCore

/// The payments of a day, counted by SQLite.
enum DayGroups {
    /// What the platform said was taken; its silence about a charge means the whole amount.
    static let statement = """
        SELECT substr(seq, 1, length(seq) - 13), state, reason, offline, count(*), sum(amount),
            sum(CASE WHEN state = 'settled' THEN coalesce(paid_amount, amount) ELSE 0 END),
            min(created_at), max(created_at)
        FROM payments WHERE created_at >= ? AND created_at < ? GROUP BY 1, 2, 3, 4
        """

    static func report(_ date: LocalDate, _ db: Database) throws -> DayReport {
        let moments = date.moments
        let groups = try Row.fetchAll(
            db, sql: statement,
            arguments: [moments.lowerBound.milliseconds, moments.upperBound.milliseconds]
        ).map { row in
            try DayReport.Group(
                terminal: row.value(0), state: PaymentRow.word(row.value(1)),
                reason: PaymentRow.optionalWord(row.value(2)), isOffline: row.value(3),
                count: row.value(4), amount: Money(fen: row.value(5)),
                paidAmount: Money(fen: row.value(6)),
                first: PaymentRow.moment(row.value(7)), last: PaymentRow.moment(row.value(8)))
        }
        return DayReport(date, groups: groups)
    }
}

extension Ledger {
    /// The totals of a local day.
    public nonisolated func report(_ date: LocalDate) async throws(LedgerError) -> DayReport {
        try await read { db in try DayGroups.report(date, db) }
    }
}

extension LedgerReader {
    /// The totals of a local day.
    public func report(_ date: LocalDate) async throws(LedgerError) -> DayReport {
        try await read { db in try DayGroups.report(date, db) }
    }
}
