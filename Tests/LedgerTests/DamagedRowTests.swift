import Foundation
import GRDB
import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("Rows that hold what the agent never writes")
struct DamagedRowTests {
    /// A ledger with three settled payments: six lines.
    private func filled() async throws -> LedgerBench {
        let bench = try LedgerBench()
        for number in 1...3 {
            let now = Sample.start + .seconds(number)
            let payment = try await bench.ledger.recordTap(
                Sample.draft(), card: Sample.card(number), rules: Sample.tapRules(), now: now)
            _ = try await bench.ledger.update(payment.seq, now: now) { _ in
                PaymentUpdate(.settled, trade: Trade(id: "T\(number)"), send: .answered)
            }
        }
        return bench
    }

    /// What the foreign key of `payments` refers to.
    private static let parentKey =
        "CREATE UNIQUE INDEX parent_key ON history (payment, revision);"

    /// Takes all rules off a table and then does what the rules forbid.
    private func damage(_ bench: LedgerBench, _ table: String, _ statement: String) async throws {
        let pool = await bench.ledger.pool
        try await pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA foreign_keys = OFF")
            let triggers = try String.fetchAll(
                db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger)") }
            let numbers = ["id", "first_history"]
            let columns = try db.columns(in: table).map(\.name).map {
                numbers.contains($0) ? "\($0) INTEGER PRIMARY KEY" : $0
            }
            try db.execute(
                sql: """
                    PRAGMA legacy_alter_table = ON;
                    ALTER TABLE \(table) RENAME TO former;
                    CREATE TABLE \(table) (\(columns.joined(separator: ", ")));
                    INSERT INTO \(table) SELECT * FROM former;
                    DROP TABLE former;
                    \(table == "history" ? Self.parentKey : "")
                    \(statement);
                    PRAGMA foreign_keys = ON;
                    """)
        }
    }

    @Test(
        "a value of the wrong kind is reported with its line, and the check goes on",
        arguments: [
            ("payments", "UPDATE payments SET amount = NULL WHERE id = 2", 3),
            ("payments", "UPDATE payments SET amount = 'much' WHERE id = 2", 3),
            ("payments", "UPDATE payments SET seq = NULL WHERE id = 2", 3),
            ("payments", "UPDATE payments SET platform_host = NULL WHERE id = 3", 5),
        ] as [(String, String, Int64)])
    func named(table: String, statement: String, line: Int64) async throws {
        let bench = try await filled()
        try await damage(bench, table, statement)
        let result = try await bench.ledger.verify()
        #expect(result.problems.contains { $0.line == line })
        #expect(result.lines == 6)
    }

    @Test(
        "a damaged payment, note of a key or of the archive is reported",
        arguments: [
            ("payments", "UPDATE payments SET state = NULL WHERE id = 2"),
            ("payments", "UPDATE payments SET state = 'paid' WHERE id = 2"),
            ("audit_keys", "UPDATE audit_keys SET fingerprint = NULL"),
            ("audit_keys", "UPDATE audit_keys SET fingerprint = 7"),
            ("archived", "INSERT INTO archived VALUES (1, NULL, NULL, NULL)"),
            ("archived", "INSERT INTO archived VALUES (1, 'two', x'00', x'00')"),
        ])
    func reported(table: String, statement: String) async throws {
        let bench = try await filled()
        try await damage(bench, table, statement)
        #expect(try await !bench.ledger.verify().isSound)
    }

    @Test(
        "a line of history that cannot be read is damage to whoever asks for it, and is named",
        arguments: [
            "to_state = 'paid'", "to_state = NULL", "to_state = 7", "from_state = 'paid'",
            "from_state = 7", "reason = 'because'", "reason = 7", "order_number = NULL",
            "order_number = 7", "at = NULL", "at = 'noon'", "by = NULL", "note = 7",
        ])
    func history(change: String) async throws {
        let bench = try await filled()
        let payment = try await second(bench)
        try await damage(bench, "history", "UPDATE history SET \(change) WHERE id = 4")
        let shown = await #expect(throws: LedgerError.self) {
            _ = try await bench.ledger.history(payment.seq)
        }
        #expect(shown?.trouble == .corrupt)
        #expect(shown?.description.hasPrefix("the ledger is damaged — ") == true)
        let sent = await #expect(throws: LedgerError.self) {
            _ = try await bench.ledger.changes(after: 0, limit: 100)
        }
        #expect(sent?.trouble == .corrupt)
        #expect(bench.ledger.health.trouble == .corrupt)
        let result = try await bench.ledger.verify()
        #expect(result.problems.contains { $0.line == 4 })
        #expect(result.lines == 6)
    }

    @Test("a former order number that cannot be read is damage", arguments: ["NULL", "7"])
    func formerOrder(value: String) async throws {
        let bench = try await filled()
        let payment = try await second(bench)
        try await damage(
            bench, "history", "UPDATE history SET order_number = \(value) WHERE id = 3")
        let error = await #expect(throws: LedgerError.self) {
            _ = try await bench.ledger.earlierOrders(of: payment)
        }
        #expect(error?.trouble == .corrupt)
    }

    /// The payment of the lines 3 and 4.
    private func second(_ bench: LedgerBench) async throws -> Payment {
        let payments = try await bench.ledger.payments(PaymentFilter())
        return try #require(payments.first { $0.id == 2 })
    }

    @Test(
        "archiving stops at what it cannot read, and moves nothing of it",
        arguments: [
            ("payments", "UPDATE payments SET updated_at = NULL WHERE id = 1"),
            ("payments", "UPDATE payments SET updated_at = 'noon' WHERE id = 1"),
            ("payments", "UPDATE payments SET created_at = NULL WHERE id = 1"),
            ("history", "UPDATE history SET hash = 12 WHERE payment = 1"),
        ])
    func archiving(table: String, statement: String) async throws {
        let bench = try await filled()
        try await damage(bench, table, statement)
        await #expect(throws: LedgerError.self) {
            _ = try await bench.ledger.archive(
                after: 0, olderThan: Sample.start + .seconds(1_000))
        }
    }
}
