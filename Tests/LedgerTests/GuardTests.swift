import GRDB
import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

/// What SQLite itself refuses, whatever the program above it does.
@Suite("SQLite guards the promises")
struct GuardTests {
    /// All 121 pairs of states.
    static let pairs = PaymentState.allCases.flatMap { from in
        PaymentState.allCases.map { (from, $0) }
    }

    @Test("a change of state succeeds exactly when the contract allows it", arguments: pairs)
    func change(from: PaymentState, to: PaymentState) async throws {
        let bench = try LedgerBench()
        let payment = try await bench.payment(in: from)
        #expect(payment.state == from)
        if from == to || from.successors.contains(to) {
            try await bench.move(payment, to: to)
            #expect(try await bench.ledger.payment(payment.seq)?.state == to)
            #expect(try await bench.ledger.history(payment.seq).last?.to == to)
        } else {
            await #expect(throws: DatabaseError.self) { try await bench.move(payment, to: to) }
            #expect(try await bench.ledger.payment(payment.seq) == payment)
        }
    }

    @Test("a payment begins only in a first state", arguments: PaymentState.allCases)
    func beginning(state: PaymentState) async throws {
        let bench = try LedgerBench()
        let insert = """
            INSERT INTO payments (seq, state, amount, title, card, created_at, updated_at,
                expires_at, platform_host, client_id, order_number, revision)
            VALUES ('K0010000000000001', '\(state.rawValue)', 1, 'x', 'C1', 0, 0, 0, 'h', 'c',
                'K0010000000000001', 1)
            """
        let line = """
            INSERT INTO history (payment, revision, at, to_state, order_number, by)
            VALUES (1, 1, 0, '\(state.rawValue)', 'K0010000000000001', 'test')
            """
        if PaymentState.initial.contains(state) {
            try await bench.run(insert, line)
        } else {
            await #expect(throws: DatabaseError.self) { try await bench.run(insert, line) }
        }
    }

    @Test("a change without its line of history cannot be committed")
    func historyIsCompulsory() async throws {
        let bench = try LedgerBench()
        let payment = try await bench.payment(in: .pending)
        await #expect(throws: DatabaseError.self) {
            try await bench.run(
                "UPDATE payments SET state = 'settled', revision = revision + 1")
        }
        await #expect(throws: DatabaseError.self) {
            try await bench.run("UPDATE payments SET state = 'settled'")
        }
        #expect(try await bench.ledger.payment(payment.seq) == payment)
    }

    @Test(
        "what is on record is neither changed nor deleted",
        arguments: [
            "DELETE FROM payments", "DELETE FROM history",
            "DELETE FROM history WHERE revision = 1", "UPDATE history SET by = 'me'",
            "UPDATE history SET note = 'x'", "UPDATE payments SET seq = 'K0010000000000009'",
            "UPDATE payments SET amount = 2", "UPDATE payments SET created_at = 1",
            "UPDATE payments SET platform_host = 'other'", "UPDATE payments SET client_id = 'x'",
            "UPDATE payments SET reference = 'x'", "UPDATE payments SET card = 'CARD0002'",
            "UPDATE payments SET card = NULL", "UPDATE payments SET id = id + 1",
            "UPDATE payments SET told_at = 2", "UPDATE payments SET told_at = NULL",
            "UPDATE marks SET value = value - 1", "UPDATE payments SET state = 'paid'",
            "UPDATE payments SET unresolved = attempts + 1", "UPDATE payments SET amount = 0",
            "UPDATE payments SET attempts = -1", "UPDATE payments SET amount = 'much'",
            "INSERT INTO lost_cards VALUES ('C', 'rumour', 1)",
        ])
    func final(statement: String) async throws {
        let bench = try LedgerBench()
        let seq = try await bench.payment(in: .settled).seq
        try await bench.ledger.told(seq, now: Sample.start)
        let before = try await bench.ledger.payment(seq)
        let history = try await bench.ledger.history(seq)
        await #expect(throws: DatabaseError.self) { try await bench.run(statement) }
        #expect(try await bench.ledger.payment(seq) == before)
        #expect(try await bench.ledger.history(seq) == history)
    }

    @Test(
        "what is open is not deleted, even by somebody who got rid of its history",
        arguments: [
            PaymentState.awaitingCard, .pending, .accepted, .held, .rejected, .reversing,
        ])
    func owed(state: PaymentState) async throws {
        let bench = try LedgerBench()
        let payment = try await bench.payment(in: state)
        await #expect(throws: DatabaseError.self) {
            try await bench.run(
                "DROP TRIGGER history_keep", "DELETE FROM history", "DELETE FROM payments")
        }
        #expect(try await bench.ledger.payment(payment.seq) == payment)
    }

    @Test("the count of changes never goes back, so that no old line can serve for a new change")
    func revision() async throws {
        let bench = try LedgerBench()
        let payment = try await bench.payment(in: .pending)
        await #expect(throws: DatabaseError.self) {
            try await bench.run(
                "UPDATE payments SET revision = 1 WHERE id = \(payment.id)",
                "UPDATE payments SET state = 'settled', revision = 2 WHERE id = \(payment.id)")
        }
    }

    @Test("a full disk refuses the payment, says so, and loses nothing")
    func fullDisk() async throws {
        let bench = try LedgerBench()
        let pool = await bench.ledger.pool
        try await pool.writeWithoutTransaction { db in
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            _ = try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(pages + 1)")
        }
        var written: [String] = []
        var problem: LedgerError?
        while problem == nil, written.count < 2_000 {
            do throws(LedgerError) {
                let opened = try await bench.ledger.open(Sample.draft(), now: Sample.start)
                if case .created(let payment) = opened { written.append(payment.seq) }
            } catch {
                problem = error
            }
        }
        guard case .storage(let code, _)? = problem else {
            Issue.record("\(String(describing: problem))")
            return
        }
        #expect(code == 13)
        #expect(!written.isEmpty)
        #expect(try await bench.number("SELECT count(*) FROM payments") == written.count)
        #expect(try await bench.ledger.integrityProblems() == [])
        try await pool.writeWithoutTransaction { db in
            _ = try Int.fetchOne(db, sql: "PRAGMA max_page_count = 100000")
        }
        _ = try await bench.ledger.open(Sample.draft(), now: Sample.start)
    }
}
