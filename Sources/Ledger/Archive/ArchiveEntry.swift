internal import FoundationEssentials
internal import GRDB

/// A payment with its history, all columns as the ledger has them.
struct ArchiveEntry: Hashable, Sendable {
    /// A line with what the audit chain needs of it.
    struct Line: Hashable, Sendable {
        var id: Int64
        var hash: Data
        var values: [DatabaseValue]
    }

    var id: Int64
    var payment: [DatabaseValue]
    var lines: [Line]

    /// Nil when there is no such payment, or one of its lines has no hash.
    init?(_ id: Int64, _ db: Database) throws {
        self.id = id
        let select = try db.cachedStatement(sql: "SELECT * FROM payments WHERE id = ?")
        guard let payment = try Row.fetchOne(select, arguments: [id]) else { return nil }
        self.payment = Array(payment.databaseValues)
        let rows = try Row.fetchAll(
            try db.cachedStatement(
                sql: "SELECT id, hash, * FROM history WHERE payment = ? ORDER BY id"),
            arguments: [id])
        lines = try rows.compactMap { row in
            let (id, hash): (Int64, Data?) = (try row.value(0), try row.value(1))
            return hash.map {
                Line(id: id, hash: $0, values: Array(row.databaseValues.dropFirst(2)))
            }
        }
        guard lines.count == rows.count else { return nil }
    }
}
