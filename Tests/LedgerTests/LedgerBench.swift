import GRDB
import TerminalCore
import TerminalTesting

@testable import Ledger

/// A fresh ledger with raw SQL beside its own calls.
struct LedgerBench {
    let files: TemporaryLedger
    let clock = ManualClock()
    let ledger: Ledger

    init() throws {
        files = try TemporaryLedger()
        ledger = try files.open(clock: clock)
    }

    /// Runs raw SQL in one transaction of the ledger's own connection.
    func run(_ statements: String...) async throws {
        let pool = await ledger.pool
        try await pool.write { db in
            for statement in statements { try db.execute(sql: statement) }
        }
    }

    func number(_ sql: String) async throws -> Int? {
        let pool = await ledger.pool
        return try await pool.read { db in try Int.fetchOne(db, sql: sql) }
    }

    /// Opens a payment and brings it to `state` by raw, legal changes.
    func payment(in state: PaymentState, now: Timestamp = Sample.start) async throws -> Payment {
        guard case .created(let payment) = try await ledger.open(Sample.draft(), now: now) else {
            throw LedgerError.notFound
        }
        try await run("UPDATE payments SET card = 'CARD0001' WHERE id = \(payment.id)")
        for step in Self.path(to: state) { try await move(payment, to: step) }
        guard let moved = try await ledger.payment(payment.seq) else { throw LedgerError.notFound }
        return moved
    }

    /// Changes the state with its line of history, as the ledger does, but without its checks.
    func move(_ payment: Payment, to state: PaymentState) async throws {
        try await run(
            "UPDATE payments SET state = '\(state.rawValue)', revision = revision + 1 "
                + "WHERE id = \(payment.id)",
            """
            INSERT INTO history (payment, revision, at, from_state, to_state, order_number, by)
            SELECT id, revision, 0, NULL, state, order_number, 'test' FROM payments
            WHERE id = \(payment.id)
            """)
    }

    /// The shortest way between two states, by the contract's table.
    static func path(
        from start: PaymentState = .awaitingCard, to goal: PaymentState
    ) -> [PaymentState] {
        var ways: [PaymentState: [PaymentState]] = [start: []]
        var frontier = [start]
        while let state = frontier.first {
            frontier.removeFirst()
            for next in PaymentState.allCases
            where state.successors.contains(next) && ways[next] == nil {
                ways[next] = (ways[state] ?? []) + [next]
                frontier.append(next)
            }
        }
        return ways[goal] ?? []
    }
}
