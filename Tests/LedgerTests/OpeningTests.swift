import GRDB
import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("Opening the ledger")
struct OpeningTests {
    @Test("the writing connection reads back synchronous = FULL and write-ahead logging")
    func pragmas() async throws {
        let bench = try LedgerBench()
        let pool = await bench.ledger.pool
        let (level, mode, keys) = try await pool.write { db in
            (
                try Int.fetchOne(db, sql: "PRAGMA synchronous"),
                try String.fetchOne(db, sql: "PRAGMA journal_mode"),
                try Int.fetchOne(db, sql: "PRAGMA foreign_keys")
            )
        }
        #expect((level, mode, keys) == (2, "wal", 1))
    }

    @Test("a connection that does not sync each commit is found out", arguments: [0, 1])
    func notDurable(level: Int) async throws {
        let bench = try LedgerBench()
        let pool = await bench.ledger.pool
        await #expect(throws: LedgerError.notDurable(level)) {
            try await pool.writeWithoutTransaction { db in
                try LedgerFile.checkDurable(db)
                try db.execute(sql: "PRAGMA synchronous = \(level)")
                try LedgerFile.checkDurable(db)
            }
        }
    }

    @Test(
        "only the owner may read the files",
        arguments: ["ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite.lock"])
    func modes(name: String) async throws {
        let bench = try LedgerBench()
        _ = try await bench.ledger.open(Sample.draft(), now: Sample.start)
        #expect(try bench.files.mode(of: name) == 0o600)
    }

    @Test("a second opener is told who is in the way, and gets in after the first has gone")
    func lock() throws {
        let files = try TemporaryLedger()
        do {
            let first = try files.open()
            #expect(throws: LedgerError.locked(files.path + ".lock")) { _ = try files.open() }
            withExtendedLifetime(first) {}
        }
        _ = try files.open()
    }

    @Test("an empty file becomes a ledger")
    func emptyFile() async throws {
        let files = try TemporaryLedger()
        try files.place([])
        let ledger = try files.open()
        _ = try await ledger.open(Sample.draft(), now: Sample.start)
        #expect(try await ledger.integrityProblems() == [])
    }

    @Test("a ledger of a newer agent is left alone")
    func newer() async throws {
        let files = try TemporaryLedger()
        do {
            let ledger = try files.open()
            let pool = await ledger.pool
            try await pool.write { db in
                try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('9.9')")
            }
        }
        #expect(throws: LedgerError.tooNew) { _ = try files.open() }
    }

    @Test("a file that is no ledger gives an error that people can read, and stays as it is")
    func foreignFile() throws {
        let files = try TemporaryLedger()
        try files.place(Array(String(repeating: "this is no ledger\n", count: 400).utf8))
        let error = #expect(throws: LedgerError.self) { _ = try files.open() }
        guard case .storage(26, let text)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(text.contains(files.path))
        #expect(text.contains("not a database"))
    }

    @Test("a ledger whose first page is damaged gives an error that people can read")
    func damagedFile() throws {
        let files = try TemporaryLedger()
        do { _ = try files.open() }
        try files.place(Array(repeating: 0xA5, count: 4_096 * 4))
        let error = #expect(throws: LedgerError.self) { _ = try files.open() }
        #expect(error?.trouble == .corrupt)
        #expect(error?.description.contains("kiosk-agent set-aside") == true)
    }

    @Test("a directory that does not exist gives an error that names it")
    func noDirectory() {
        let error = #expect(throws: LedgerError.self) {
            _ = try Ledger(Sample.settings("/nonexistent/ledger.sqlite"))
        }
        #expect(error?.description.contains("/nonexistent/ledger.sqlite") == true)
    }
}
