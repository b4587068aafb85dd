import Foundation
import GRDB
import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("A private copy of a ledger")
struct LedgerCopyTests {
    let day = LocalDate(Sample.start)

    private func pay(_ ledger: Ledger, _ count: Int) async throws {
        for _ in 0..<count { _ = try await ledger.open(Sample.draft(), now: Sample.start) }
    }

    /// Names and bytes of what lies beside the ledger.
    private func contents(_ files: TemporaryLedger) throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: files.directory)
        return try names.reduce(into: [:]) { all, name in
            all[name] = try Data(contentsOf: URL(filePath: "\(files.directory)/\(name)"))
        }
    }

    @Test("what stands in the -wal only is read, and the original stays as it is")
    func readsWAL() async throws {
        let files = try TemporaryLedger()
        let ledger = try files.open()
        try await pay(ledger, 3)
        let lone = try files.copy()
        let before = try contents(lone)
        let copy = try LedgerCopy(of: lone.path, acceptsMissingWAL: false)
        #expect(try await copy.reader.report(day).total.count == 3)
        #expect(try contents(lone) == before)
        withExtendedLifetime(ledger) {}
    }

    @Test("a ledger without its -wal is refused, unless it was closed cleanly")
    func missingWAL() async throws {
        let files = try TemporaryLedger()
        do {
            let ledger = try files.open()
            try await pay(ledger, 2)
            let pool = await ledger.pool
            try await pool.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
        }
        try? FileManager.default.removeItem(atPath: files.path + "-wal")
        #expect(throws: LedgerError.walMissing(files.path)) {
            _ = try LedgerCopy(of: files.path, acceptsMissingWAL: false)
        }
        let copy = try LedgerCopy(of: files.path, acceptsMissingWAL: true)
        #expect(try await copy.reader.report(day).total.count == 2)
    }

    @Test("a file that is not there is not told to lack its -wal")
    func absent() throws {
        let path = try TemporaryLedger().directory + "/none.sqlite"
        #expect(throws: LedgerError.unusable("\(path): No such file or directory")) {
            _ = try LedgerCopy(of: path, acceptsMissingWAL: false)
        }
    }

    @Test("what is no ledger is refused with its name")
    func foreign() throws {
        let files = try TemporaryLedger()
        for bytes in [[], Array("this is no ledger at all".utf8)] {
            try files.place(bytes)
            let error = #expect(throws: LedgerError.self) {
                _ = try LedgerCopy(of: files.path, acceptsMissingWAL: true)
            }
            #expect(error?.description.contains(files.path) == true)
        }
        let error = #expect(throws: LedgerError.self) {
            _ = try LedgerCopy(of: "/nonexistent/ledger", acceptsMissingWAL: true)
        }
        #expect(error?.description.contains("/nonexistent/ledger: No such file") == true)
    }

    @Test("a ledger of a newer agent is refused, one of the first schema is read")
    func schemas() async throws {
        let files = try TemporaryLedger()
        let ledger = try files.open()
        try await pay(ledger, 1)
        let pool = await ledger.pool
        try await pool.write { db in
            try db.execute(sql: "DROP INDEX payments_created; DROP TABLE listed_cards")
            try db.execute(sql: "DELETE FROM grdb_migrations WHERE identifier <> '0.1'")
        }
        let old = try LedgerCopy(of: files.path, acceptsMissingWAL: false)
        #expect(try await old.reader.report(day).total.count == 1)
        try await pool.write { db in
            try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('9.9')")
        }
        #expect(throws: LedgerError.tooNew) {
            _ = try LedgerCopy(of: files.path, acceptsMissingWAL: false)
        }
    }

    @Test("the copy is for its owner only and goes with its object")
    func privacy() async throws {
        let files = try TemporaryLedger()
        let ledger = try files.open()
        func directories() throws -> Set<String> {
            let place = FileManager.default.temporaryDirectory.path
            let names = try FileManager.default.contentsOfDirectory(atPath: place)
            return Set(names.filter { $0.hasPrefix("kiosk-agent-") }.map { "\(place)/\($0)" })
        }
        var path = ""
        do {
            let copy = try LedgerCopy(of: files.path, acceptsMissingWAL: false)
            path = copy.directory.path
            for (name, mode) in [("", 0o700), ("/ledger.sqlite", 0o600)] {
                let found = try FileManager.default.attributesOfItem(atPath: path + name)
                #expect((found[.posixPermissions] as? NSNumber)?.intValue == mode)
            }
            let present = try directories()
            #expect(present.contains(path))
        }
        let left = try directories()
        #expect(!left.contains(path))
        withExtendedLifetime(ledger) {}
    }

    /// The `-wal` is begun anew every few payments here, so that copies meet it in every state.
    @Test("each copy made while an agent writes is one committed state")
    func whileWritten() async throws {
        let files = try TemporaryLedger()
        let ledger = try files.open()
        let pool = await ledger.pool
        try await pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA wal_autocheckpoint = 60")
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await pay(ledger, 1_500) }
            group.addTask { try await copies(of: files) }
            try await group.waitForAll()
        }
    }

    private func copies(of files: TemporaryLedger) async throws {
        var (last, made) = (0, 0)
        for _ in 0..<40 {
            do {
                let copy = try LedgerCopy(of: files.path, acceptsMissingWAL: false)
                let found = try await copy.reader.read { db in
                    let check = try String.fetchAll(db, sql: "PRAGMA integrity_check")
                    let lines = try Int.fetchOne(db, sql: "SELECT count(*) FROM history") ?? 0
                    return (check, lines)
                }
                let count = try await copy.reader.report(day).total.count
                #expect(found == (["ok"], count))
                #expect(count >= last)
                (last, made) = (count, made + 1)
            } catch LedgerError.beingWritten {}
            await Task.yield()
        }
        #expect(made > 0)
    }
}
