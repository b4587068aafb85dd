internal import FoundationEssentials
internal import GRDB
internal import TerminalCore

/// One line of history as a row.
enum HistoryRow {
    private static let insertStatement = """
        INSERT INTO history
            (id, payment, revision, at, from_state, to_state, reason, order_number, by, note, hash)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    private static let columns = """
        history.id, payments.seq, history.at, from_state, to_state, history.reason,
        history.order_number, by, note
        """

    /// Writes the line that belongs to `payment` as it is now, and signs it; returns its number.
    static func insert(
        _ payment: Payment, from: PaymentState?, by: String, note: String?, _ audit: AuditChain,
        _ db: Database
    ) throws -> Int64 {
        let end = try AuditChain.end(db)
        let line = AuditLine(end.next, payment, from: from, by: by, note: note)
        let execution = try Execution(
            insertStatement, db, binding: end.next, payment.id, payment.revision,
            payment.updatedAt.milliseconds, from?.rawValue, payment.state.rawValue,
            payment.reason?.rawValue, payment.order, by, note,
            audit.hash(of: line, after: end.hash))
        try execution.run()
        return end.next
    }

    /// The number of the line that `payment` stands at.
    static func newest(of payment: Payment, _ db: Database) throws -> Int64 {
        let execution = try Execution(
            "SELECT id FROM history WHERE payment = ? AND revision = ?", db,
            binding: payment.id, payment.revision)
        return try execution.first { try $0.value(0) } ?? 0
    }

    /// The order numbers that `payment` had before its present one, oldest first.
    static func earlierOrders(of payment: Payment, _ db: Database) throws -> [String] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT order_number FROM history WHERE payment = ? AND order_number IS NOT ?
                GROUP BY order_number ORDER BY min(id)
                """, arguments: [payment.id, payment.order]
        ).map { row in try row.value(0) }
    }

    static func fetch(
        _ db: Database, where condition: String, _ arguments: StatementArguments
    ) throws -> [PaymentChange] {
        let sql = """
            SELECT \(columns) FROM history JOIN payments ON payments.id = history.payment
            WHERE \(condition)
            """
        return try Row.fetchAll(db, sql: sql, arguments: arguments).map { row in
            try PaymentChange(
                id: row.value(0), seq: row.value(1), at: PaymentRow.moment(row.value(2)),
                from: PaymentRow.optionalWord(row.value(3)), to: PaymentRow.word(row.value(4)),
                reason: PaymentRow.optionalWord(row.value(5)), order: row.value(6),
                by: row.value(7), note: row.value(8))
        }
    }
}
