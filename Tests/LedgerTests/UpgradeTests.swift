import GRDB
import Sealing
import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("A ledger of an earlier program goes on")
struct UpgradeTests {
    private func schema(_ db: Database) throws -> [String] {
        try String.fetchAll(
            db,
            sql: """
                SELECT sql FROM sqlite_master
                WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'grdb_%'
                ORDER BY type, name
                """)
    }

    @Test("schema 0.1 is the text that was released")
    func frozen() throws {
        let released = try DatabaseQueue()
        let present = try DatabaseQueue()
        let text = try FixtureLedger.sql("0.1")
        try released.writeWithoutTransaction { db in try db.execute(sql: text) }
        try present.write { db in
            for statement in Schema.version0_1 { try db.execute(sql: statement) }
        }
        #expect(try present.read(schema) == released.read(schema))
    }

    @Test("schema 0.2 is the text that was released")
    func frozen2() throws {
        let released = try DatabaseQueue()
        let present = try DatabaseQueue()
        let text = try FixtureLedger.sql("0.2")
        try released.writeWithoutTransaction { db in try db.execute(sql: text) }
        try present.write { db in
            for statement in Schema.version0_1 + Schema.version0_2 + Schema.version0_2guards
                + Schema.version0_2lostList + Schema.version0_2report
            {
                try db.execute(sql: statement)
            }
        }
        #expect(try present.read(schema) == released.read(schema))
    }

    @Test("schema 0.3 is the text that was released")
    func frozen3() throws {
        let released = try DatabaseQueue()
        let present = try DatabaseQueue()
        let (text, before) = (try FixtureLedger.sql("0.3"), try FixtureLedger.sql("0.2"))
        try released.writeWithoutTransaction { db in try db.execute(sql: text) }
        try present.writeWithoutTransaction { db in
            try db.execute(sql: before)
            try Schema.version0_3(db)
        }
        #expect(try present.read(schema) == released.read(schema))
    }

    @Test("every released schema has its fixture")
    func complete() throws {
        #expect(Schema.released == Self.released + ["0.4"])
    }

    /// Each released schema before the present one.
    static let released = ["0.1", "0.2", "0.3"]

    @Test("an upgraded ledger is the same as a new one", arguments: released)
    func likeNew(version: String) async throws {
        let old = await (try FixtureLedger.make(version).open()).pool
        let new = await (try TemporaryLedger().open()).pool
        #expect(try await old.read(schema) == new.read(schema))
    }

    @Test("an upgraded ledger takes a payment by code", arguments: released)
    func code(version: String) async throws {
        let ledger = try FixtureLedger.make(version).open()
        let payment = try await ledger.recordCode(
            Sample.draft(), platformIsUp: true, now: Sample.start)
        #expect(payment.state == .pending)
        #expect(try await ledger.integrityProblems() == [])
    }

    @Test(
        "every payment and line of an old ledger is there after the migration, as it was",
        arguments: released)
    func migrated(version: String) async throws {
        let files = try FixtureLedger.make(version)
        let before = try snapshot(files)
        let ledger = try files.open()
        let payments = try await ledger.payments(PaymentFilter(limit: 500))
        #expect(Set(payments.map(\.state)) == Set(PaymentState.allCases))
        #expect(payments.allSatisfy { $0.createdBootTime == nil && !$0.clockWasSynchronised })
        #expect(try await ledger.totals()[.accepted]?.count == 13)
        #expect(try await ledger.integrityProblems() == [])
        #expect(try snapshot(files) == before)
        #expect(try await ledger.lostCards().count == 3)
    }

    /// The columns of 0.1, row by row.
    private func snapshot(_ files: TemporaryLedger) throws -> [String] {
        let queue = try DatabaseQueue(path: files.path)
        return try queue.read { db in
            try [
                """
                SELECT id, seq, state, reason, amount, title, reference, card, offline, decision,
                    created_at, updated_at, expires_at, told_at, platform_host, client_id,
                    order_number, attempts, unresolved, in_flight, sent_at, trade_id, paid_amount,
                    balance, revision FROM payments ORDER BY id
                """,
                """
                SELECT id, payment, revision, at, from_state, to_state, reason, order_number, by,
                    note FROM history ORDER BY id
                """,
            ].flatMap { try Row.fetchAll(db, sql: $0).map { "\($0)" } }
        }
    }

    @Test("the cards of an old ledger are sealed once it has a key", arguments: released)
    func sealed(version: String) async throws {
        let files = try FixtureLedger.make(version)
        let ledger = try files.open(cardSeal: CardSeal(dataKey: "data key of K001"))
        let before = try await ledger.payments(PaymentFilter(limit: 500))
        while try await ledger.sealSome() {}
        #expect(try await ledger.payments(PaymentFilter(limit: 500)) == before)
        let pool = await ledger.pool
        let plain = try await pool.read { db in
            try ["payments", "cards", "lost_cards", "listed_cards"].filter { table in
                let sql = "SELECT count(*) FROM \(table) WHERE card NOT LIKE '$1$%'"
                return try Int.fetchOne(db, sql: sql) != 0
            }
        }
        #expect(plain == [])
        let result = try await ledger.verify()
        #expect(result.isSound)
        #expect(result.uncheckedLines == 0)
    }

    @Test("the guards stand again after the migration", arguments: released)
    func guards(version: String) async throws {
        let files = try FixtureLedger.make(version)
        let ledger = try files.open()
        let pool = await ledger.pool
        for statement in [
            "DELETE FROM history", "DELETE FROM payments", "UPDATE history SET by = 'me'",
            "UPDATE marks SET value = 1", "UPDATE history SET hash = NULL",
            "UPDATE payments SET card = NULL WHERE state = 'accepted'",
            "UPDATE sqlite_master SET sql = '' WHERE name = 'payments'",
        ] {
            await #expect(throws: DatabaseError.self) {
                try await pool.write { db in try db.execute(sql: statement) }
            }
        }
    }

    @Test("a mark of order numbers that a wrong clock drove to the end is brought back")
    func endOfNumbers() async throws {
        let files = try FixtureLedger.make(
            "0.1",
            changes: """
                UPDATE marks SET value = 9999999999999 WHERE name = 'sequence';
                """)
        let ledger = try files.open()
        let opened = try await ledger.open(
            Sample.draft(), now: Timestamp(milliseconds: 9_999_999_999_999))
        guard case .created(let payment) = opened else {
            Issue.record("\(opened)")
            return
        }
        #expect(payment.seq == "K0011767614424001")
        #expect(payment.order == payment.seq)
    }

    @Test("a ledger that a newer program has touched is refused, and stays as it is")
    func newer() async throws {
        let files = try FixtureLedger.make("0.1")
        do { _ = try files.open() }
        let queue = try DatabaseQueue(path: files.path)
        try await queue.write { db in
            try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('9.9')")
        }
        let before = try snapshot(files)
        let error = #expect(throws: LedgerError.tooNew) { _ = try files.open() }
        #expect(error?.description.contains("going back is not possible") == true)
        #expect(try snapshot(files) == before)
    }
}
