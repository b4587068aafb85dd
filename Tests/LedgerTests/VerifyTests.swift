import GRDB
import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("A check of the ledger finds what was tampered with")
struct VerifyTests {
    /// A ledger with ten settled payments: 20 lines.
    private func filled(_ payments: Int = 10) async throws -> LedgerBench {
        let bench = try LedgerBench()
        for number in 1...payments {
            let now = Sample.start + .seconds(number)
            let payment = try await bench.ledger.recordTap(
                Sample.draft(reference: "bill \(number)"), card: Sample.card(number),
                rules: Sample.tapRules(), now: now)
            _ = try await bench.ledger.update(payment.seq, now: now + .milliseconds(300)) { _ in
                PaymentUpdate(.settled, trade: Trade(id: "T\(number)"), send: .answered)
            }
        }
        return bench
    }

    /// What somebody with the file and without the program can do.
    private func tamper(_ bench: LedgerBench, _ statements: [String]) async throws {
        let pool = await bench.ledger.pool
        try await pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA foreign_keys = OFF")
            let triggers = try String.fetchAll(
                db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger)") }
            for statement in statements { try db.execute(sql: statement) }
            try db.execute(sql: "PRAGMA foreign_keys = ON")
        }
    }

    @Test("an untouched ledger is sound, its totals add up")
    func sound() async throws {
        let bench = try await filled()
        let result = try await bench.ledger.verify()
        #expect(result.isSound)
        #expect(result.problems == [])
        #expect(result.lines == 20)
        #expect(result.payments == 10)
        #expect(result.totals[.settled]?.amount == Money(fen: 15_000))
        #expect(result.uncheckedLines == 0)
    }

    @Test(
        "what a line or its payment says cannot be changed unnoticed; the line is named",
        arguments: [
            ("UPDATE history SET by = 'somebody' WHERE id = 7", 7),
            ("UPDATE history SET note = '' WHERE id = 8", 8),
            ("UPDATE history SET at = at + 1 WHERE id = 9", 9),
            ("UPDATE history SET reason = 'card_lost' WHERE id = 2", 2),
            ("UPDATE history SET from_state = NULL WHERE id = 8", 8),
            ("UPDATE history SET order_number = 'K0010000000000001' WHERE id = 3", 3),
            ("UPDATE history SET hash = zeroblob(16) WHERE id = 5", 5),
            ("UPDATE history SET hash = NULL WHERE id = 5", 5),
            ("UPDATE payments SET amount = amount + 1 WHERE id = 3", 5),
            ("UPDATE payments SET card = 'CARD9999' WHERE id = 3", 5),
            ("UPDATE payments SET reference = NULL WHERE id = 3", 5),
            ("UPDATE payments SET reference = 'bill 3x' WHERE id = 3", 5),
            ("UPDATE payments SET platform_host = 'test' WHERE id = 3", 5),
            ("UPDATE payments SET client_id = 'x' WHERE id = 3", 5),
            ("UPDATE payments SET seq = 'K0010000000000001' WHERE id = 3", 5),
            ("UPDATE audit_keys SET first_history = 6", 1),
        ] as [(String, Int64)])
    func edited(statement: String, line: Int64) async throws {
        let bench = try await filled()
        try await tamper(bench, [statement])
        let result = try await bench.ledger.verify()
        #expect(!result.isSound)
        let seq = try await bench.ledger.payments(PaymentFilter()).last?.seq
        let first = try #require(result.problems.first { $0.line == line })
        if line < 3 { #expect(first.seq == seq) }
        #expect(result.problems.compactMap(\.line).min() == line)
    }

    @Test("a line that was removed is named, wherever it was")
    func removed() async throws {
        for (ids, text) in [
            ("1", "the line was removed"), ("7", "the line was removed"),
            ("9, 10, 11", "the lines to 11 were removed"), ("20", "the line was removed"),
            ("19, 20", "the lines to 20 were removed"),
        ] {
            let bench = try await filled()
            try await tamper(bench, ["DELETE FROM history WHERE id IN (\(ids))"])
            let result = try await bench.ledger.verify()
            let line = Int64(ids.prefix { $0 != "," })
            #expect(result.problems.contains { $0.line == line && $0.text == text })
        }
    }

    @Test("a whole payment that was removed at the end is missed, even after the next one")
    func truncated() async throws {
        let bench = try await filled()
        try await tamper(
            bench,
            ["DELETE FROM history WHERE payment = 10", "DELETE FROM payments WHERE id = 10"])
        _ = try await bench.ledger.open(Sample.draft(), now: Sample.start)
        let result = try await bench.ledger.verify()
        #expect(result.problems.map(\.line) == [19])
        #expect(result.uncheckedLines == 1)
    }

    @Test("lines that changed places are named")
    func reordered() async throws {
        let bench = try await filled()
        try await tamper(
            bench,
            [
                "UPDATE history SET id = 100 WHERE id = 7",
                "UPDATE history SET id = 7 WHERE id = 9",
                "UPDATE history SET id = 9 WHERE id = 100",
            ])
        let result = try await bench.ledger.verify()
        #expect(Set(result.problems.compactMap(\.line)).isSuperset(of: [7, 9]))
    }

    @Test("a payment whose state is not its history's last is named")
    func state() async throws {
        let bench = try await filled()
        try await tamper(bench, ["UPDATE payments SET state = 'refused' WHERE id = 4"])
        let result = try await bench.ledger.verify()
        #expect(result.problems.map(\.line) == [8])
        #expect(result.problems.first?.text.contains("does not stand as its history") == true)
    }

    @Test("a mark of order numbers that was set back is found")
    func mark() async throws {
        let bench = try await filled()
        try await tamper(bench, ["UPDATE marks SET value = value - 1 WHERE name = 'sequence'"])
        #expect(try await bench.ledger.verify().problems.count == 1)
    }

    @Test("lines of a former key are checked with it, and counted without it")
    func keys() async throws {
        let files = try TemporaryLedger()
        let keys = (1...3).map { AuditKey(Array(repeating: UInt8($0), count: 16)) }
        for key in keys + [keys[2]] {
            let ledger = try files.open(auditKey: key)
            for _ in 0..<2 { _ = try await ledger.open(Sample.draft(), now: Sample.start) }
        }
        do { _ = try files.open(auditKey: keys[0]) }
        var settings = Sample.settings(files.path)
        (settings.auditKey, settings.clock) = (keys[2], ManualClock())
        let alone = try await Ledger(settings).verify()
        #expect(alone.isSound)
        #expect(alone.unchecked == 1...4)
        settings.formerAuditKeys = keys
        let ledger = try Ledger(settings)
        let all = try await ledger.verify()
        #expect(all.isSound)
        #expect(all.uncheckedLines == 0)
        let pool = await ledger.pool
        let firsts = try await pool.read { db in
            try Int64.fetchAll(db, sql: "SELECT first_history FROM audit_keys")
        }
        #expect(firsts == [1, 3, 5, 9])
    }

    @Test("the lines of a 0.1 ledger are signed at the migration")
    func migrated() async throws {
        let files = try FixtureLedger.make("0.1")
        let ledger = try files.open()
        let result = try await ledger.verify()
        #expect(result.isSound)
        #expect((result.lines, result.uncheckedLines) == (72, 0))
        _ = try await ledger.recover(now: Sample.start)
        #expect(try await ledger.verify().isSound)
    }

    @Test("a ledger file is checked on a copy, and only with its -wal unless told otherwise")
    func file() async throws {
        let bench = try await filled()
        let copy = try bench.files.copy()
        let result = try await Ledger.verify(
            file: copy.path, keys: [Sample.auditKey], acceptsMissingWAL: false)
        #expect(result.isSound)
        #expect(result.lines == 20)
        let keyless = try await Ledger.verify(
            file: copy.path, keys: [], acceptsMissingWAL: false)
        #expect(keyless.uncheckedLines == 20)
        try copy.remove("ledger.sqlite-wal")
        await #expect(throws: LedgerError.self) {
            _ = try await Ledger.verify(file: copy.path, keys: [], acceptsMissingWAL: false)
        }
    }

    @Test("a ledger that 0.1 wrote is said to have no chain, and stays as it is")
    func unsigned() async throws {
        let files = try FixtureLedger.make("0.1")
        let result = try await Ledger.verify(
            file: files.path, keys: [], acceptsMissingWAL: true)
        #expect(result.problems.map(\.text).first?.contains("no audit chain") == true)
    }
}
