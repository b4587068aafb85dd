internal import GRDB

extension Row {
    /// The value of a column, by its position.
    ///
    /// Throws where GRDB's own subscript would end the program: a damaged file can give anything.
    func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(
        _ index: Int
    ) throws -> Value {
        try decode(Value.self, atIndex: index)
    }
}
