import GRDB
import TerminalCore

@testable import Ledger

extension Ledger {
    /// Every row of every table as one text: two ledgers are the same when these are.
    func content() throws -> String {
        try pool.read { db in
            let tables = try String.fetchAll(
                db,
                sql: """
                    SELECT name FROM sqlite_schema WHERE type = 'table'
                    AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'grdb_%' ORDER BY name
                    """)
            return try tables.map { table in
                let columns = try db.columns(in: table).map { "quote(\($0.name))" }
                let row = columns.joined(separator: " || ',' || ")
                let sql = "SELECT \(row) FROM \(table) \(Self.inForce(table)) ORDER BY 1"
                let rows = try String.fetchAll(db, sql: sql)
                return "\(table)\n" + rows.joined(separator: "\n")
            }.joined(separator: "\n")
        }
    }

    /// A lost list that is being written, or removed, counts for nothing.
    private static func inForce(_ table: String) -> String {
        switch table {
        case "lost_lists": "WHERE in_force = 1"
        case "listed_cards": "WHERE list = (SELECT id FROM lost_lists WHERE in_force = 1)"
        default: ""
        }
    }

    /// What is wrong with the chain of each payment's history.
    func brokenHistories() throws -> [String] {
        try pool.read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT seq FROM payments WHERE revision <>
                        (SELECT count(*) FROM history WHERE payment = payments.id)
                    OR state <> (SELECT to_state FROM history
                        WHERE payment = payments.id AND revision = payments.revision)
                    UNION
                    SELECT seq FROM payments JOIN history AS late ON late.payment = payments.id
                    JOIN history AS early
                        ON early.payment = late.payment AND early.revision = late.revision - 1
                    WHERE late.from_state <> early.to_state
                    """)
        }
    }

    /// The mark that the next order number will be above.
    func sequenceMark() throws -> Int64 {
        try pool.read { db in try Marks.read("sequence", db) ?? 0 }
    }

    /// As the log grows beyond `pages`, SQLite moves it into the file: soon, in these tests.
    func checkpointOften(pages: Int) throws {
        try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA wal_autocheckpoint = \(pages)")
        }
    }

    /// Moves the log into the file now; `hard` empties it too.
    func checkpoint(hard: Bool) throws {
        try pool.writeWithoutTransaction { db in
            _ = try db.checkpoint(hard ? .truncate : .passive)
        }
    }

    func everyPayment() throws -> [Payment] {
        try pool.read { db in try PaymentRow.fetch(db, .plain, where: "1", []) }
    }

    /// Commits return before they are on the medium: for tests that want to lose something.
    func syncNever() throws {
        try pool.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA synchronous = OFF") }
    }
}
