import GRDB
import TerminalTesting
import Testing

@testable import Ledger

@Suite("A transaction of the ledger")
struct TransactionTests {
    private let files: TemporaryLedger
    private let pool: DatabasePool
    /// What the transactions of these tests write.
    private static let mark = "lost_list"

    init() async throws {
        files = try TemporaryLedger()
        pool = await (try files.open()).pool
    }

    private struct Failure: Error {}

    /// Runs `work` in a transaction of its own.
    private func transact(_ work: @Sendable (Database) throws -> Void) throws {
        try pool.writeWithoutTransaction { db in try Transaction.run(db) { try work(db) } }
    }

    private var marked: Int64? {
        get throws { try pool.read { db in try Marks.read(Self.mark, db) } }
    }

    @Test("leaves what was done")
    func committed() throws {
        try transact { db in try Marks.raise(Self.mark, to: 1, db) }
        #expect(try marked == 1)
    }

    @Test("that fails leaves nothing, and the next one goes on")
    func failed() throws {
        #expect(throws: Failure.self) {
            try transact { db in
                try Marks.raise(Self.mark, to: 2, db)
                throw Failure()
            }
        }
        #expect(try marked == nil)
        try transact { db in try Marks.raise(Self.mark, to: 1, db) }
        #expect(try marked == 1)
    }

    @Test("that SQLite has rolled back by itself does not pass for committed")
    func rolledBack() throws {
        #expect(throws: DatabaseError.self) {
            try transact { db in
                try Marks.raise(Self.mark, to: 1, db)
                try db.execute(sql: "ROLLBACK")
            }
        }
        #expect(try marked == nil)
    }

    @Test("a statement that was left at a row keeps nothing open")
    func leftAtRow() throws {
        try transact { db in try Marks.raise(Self.mark, to: 1, db) }
        try transact { db in try Marks.raise("sequence", to: 2, db) }
        try pool.writeWithoutTransaction { db in
            let name = try Execution("SELECT name FROM marks ORDER BY name", db)
                .first { try $0.value(0) as String }
            #expect(name == Self.mark)
            // SQLite refuses it while a statement reads.
            try db.checkpoint(.truncate)
        }
    }

    @Test("a statement without one of its values does not run with the last one")
    func valueMissing() throws {
        let sql = "SELECT name FROM marks WHERE name = ?"
        try pool.read { db in _ = try Execution(sql, db, binding: Self.mark).first { _ in true } }
        let error = #expect(throws: DatabaseError.self) {
            try pool.read { db in _ = try Execution(sql, db).first { _ in true } }
        }
        #expect(error?.resultCode == .SQLITE_MISUSE)
    }

    @Test("a statement that has failed takes new values")
    func statementAgain() throws {
        func insert(_ name: String, _ value: Int) throws {
            try transact { db in
                let sql = "INSERT INTO marks (name, value) VALUES (?, ?)"
                try Execution(sql, db, binding: name, value).run()
            }
        }
        try insert(Self.mark, 1)
        let error = #expect(throws: DatabaseError.self) { try insert(Self.mark, 2) }
        #expect(error?.resultCode == .SQLITE_CONSTRAINT)
        try insert("sequence", 3)
        #expect(try marked == 1)
    }
}
