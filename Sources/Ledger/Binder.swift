internal import GRDB
internal import GRDBSQLite

/// Gives the parameters of a statement their values, in their order.
///
/// GRDB's own arguments box each value and are copied on their way; the ledger binds a hundred of
/// them for each payment.
struct Binder {
    private let statement: Statement
    private var count: CInt = 0

    init(_ statement: Statement) {
        self.statement = statement
        // GRDB's own reset ends the program when the last step failed.
        sqlite3_reset(statement.sqliteStatement)
        // From now on GRDB takes the values as given, whatever they are.
        statement.setUncheckedArguments(StatementArguments())
    }

    mutating func add<each Value: StatementBinding>(_ values: repeat each Value) throws {
        for value in repeat each values {
            count += 1
            let code = value.bind(to: statement.sqliteStatement, at: count)
            guard code == SQLITE_OK else {
                throw DatabaseError(resultCode: ResultCode(rawValue: code))
            }
        }
    }

    /// The values of ``StoredCard/condition``.
    mutating func add(_ card: StoredCard) throws {
        try add(card.text)
        if !card.hasOneText { try add(card.plain) }
    }

    /// The statement with all its values, for an execution or a fetch without arguments.
    var bound: Statement {
        precondition(count == sqlite3_bind_parameter_count(statement.sqliteStatement))
        return statement
    }
}

extension Statement {
    /// This statement with `values` for its parameters; see ``Binder``.
    func binding<each Value: StatementBinding>(_ values: repeat each Value) throws -> Statement {
        var binder = Binder(self)
        try binder.add(repeat each values)
        return binder.bound
    }
}
