internal import GRDB
internal import GRDBSQLite

/// Reads the rows of a statement from SQLite's own columns.
///
/// GRDB's `Row` makes a table of its columns' names for each fetch, which takes longer than reading
/// a payment does.
final class ColumnCursor<Element>: DatabaseCursor {
    let _statement: Statement
    var _isDone = false
    private let decode: (Columns) throws -> Element

    /// `statement` has its values already; see ``Binder``.
    init(_ statement: Statement, _ decode: @escaping (Columns) throws -> Element) {
        _statement = statement
        self.decode = decode
    }

    /// A statement that stands at a row would keep the log from beginning anew.
    deinit { sqlite3_reset(_statement.sqliteStatement) }

    func _element(sqliteStatement: SQLiteStatement) throws -> Element {
        try decode(Columns(statement: sqliteStatement))
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
