internal import GRDB
internal import GRDBSQLite

/// One execution of a prepared statement: gives its parameters their values, in their order, runs
/// it and reads its rows.
///
/// GRDB's own arguments box each value, its rows make a table of their columns' names for each
/// fetch, and its cursors ask at each step whether anybody observes the database, which nobody
/// does: for a short lookup that took twice as long as SQLite itself.
struct Execution {
    private let prepared: Statement
    private var count: CInt = 0

    private var statement: SQLiteStatement { prepared.sqliteStatement }

    /// Prepares `sql` once for each connection.
    init(_ sql: String, _ db: Database) throws { prepared = try db.cachedStatement(sql: sql) }

    /// Prepares `sql` and gives all its parameters their values.
    init<each Value: StatementBinding>(
        _ sql: String, _ db: Database, binding values: repeat each Value
    ) throws {
        try self.init(sql, db)
        for value in repeat each values { try bind(value) }
    }

    mutating func bind(_ value: some StatementBinding) throws {
        count += 1
        let code = value.bind(to: statement, at: count)
        guard code == SQLITE_OK else { throw error(code) }
    }

    /// Binds what a ``CardQuery`` asks for.
    mutating func bind(_ card: StoredCard) throws {
        try bind(card.text)
        if !card.hasOneText { try bind(card.plain) }
    }

    /// Runs it to its end.
    func run() throws {
        defer { end() }
        while try step() {}
    }

    /// What `read` makes of the first row; nil when there is none.
    func first<Element>(_ read: (Columns) throws -> Element) throws -> Element? {
        defer { end() }
        return try step() ? read(Columns(statement: statement)) : nil
    }

    /// What `read` makes of each row.
    func all<Element>(_ read: (Columns) throws -> Element) throws -> [Element] {
        defer { end() }
        var elements: [Element] = []
        while try step() { elements.append(try read(Columns(statement: statement))) }
        return elements
    }

    /// Whether the statement stands at a row. A parameter without a value would have its last one.
    private func step() throws -> Bool {
        guard count == sqlite3_bind_parameter_count(statement) else { throw error(SQLITE_MISUSE) }
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw error(code)
        }
    }

    /// A statement that stands at a row would keep the log from beginning anew, and one that has
    /// failed cannot take new values.
    private func end() { sqlite3_reset(statement) }

    private func error(_ code: CInt) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: code),
            message: String(cString: sqlite3_errmsg(sqlite3_db_handle(statement))))
    }
}

/// The row that a statement stands at.
struct Columns {
    fileprivate let statement: SQLiteStatement

    /// The value of a column, by its position.
    ///
    /// Throws for NULL where the type knows none: a damaged file can give anything.
    func value<Value: StatementColumnConvertible>(_ index: CInt) throws -> Value {
        guard let value = Value.fromStatement(statement, atUncheckedIndex: index) else {
            throw LedgerError.notAsWritten
        }
        return value
    }
}
