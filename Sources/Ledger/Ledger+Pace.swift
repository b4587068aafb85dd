internal import GRDB
public import TerminalCore

/// The payments of a day with the time that their payers waited.
enum PaceRow {
    /// From the line of history that a tap wrote to the first one that decided: both are the
    /// wall clock's. A decision that only a restart made was no answer to the payer.
    static let statement = """
        SELECT created_at, state, offline, amount,
            (SELECT at FROM history WHERE payment = payments.id
                AND to_state NOT IN ('awaiting_card', 'cancelled')
                ORDER BY revision LIMIT 1),
            (SELECT CASE WHEN reason IS 'interrupted' THEN NULL ELSE at END
                FROM history WHERE payment = payments.id
                AND to_state NOT IN ('awaiting_card', 'cancelled', 'pending')
                ORDER BY revision LIMIT 1)
        FROM payments WHERE created_at >= ? AND created_at < ? ORDER BY created_at LIMIT ?
        """

    static func entry(_ row: Row) throws -> DayPace.Entry {
        let (tapped, decided): (Int64?, Int64?) = (try row.value(4), try row.value(5))
        return try DayPace.Entry(
            madeAt: PaymentRow.moment(row.value(0)), state: PaymentRow.word(row.value(1)),
            isOffline: row.value(2), amount: Money(fen: row.value(3)), wait: wait(tapped, decided))
    }

    /// Nil where the clock went back in between.
    private static func wait(_ tapped: Int64?, _ decided: Int64?) -> Duration? {
        guard let tapped, let decided, decided >= tapped else { return nil }
        return .milliseconds(decided - tapped)
    }
}

extension Ledger {
    /// How the day went, by the payments that are in the ledger itself: those that went to an
    /// archive are not counted.
    ///
    /// Of more than `paymentsMax` the first are looked at.
    public nonisolated func pace(
        _ day: LocalDate, paymentsMax: Int = DayPace.paymentsMax
    ) async throws(LedgerError) -> DayPace {
        let time = day.moments
        let entries = try await read { db in
            let rows = try Row.fetchCursor(
                db, sql: PaceRow.statement,
                arguments: [
                    time.lowerBound.milliseconds, time.upperBound.milliseconds, paymentsMax + 1,
                ])
            return try Array(rows.map(PaceRow.entry))
        }
        return DayPace(
            day, Array(entries.prefix(paymentsMax)), isCut: entries.count > paymentsMax)
    }
}
