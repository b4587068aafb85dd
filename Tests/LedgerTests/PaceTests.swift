import GRDB
import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("The pace of the ledger's days")
struct PaceTests {
    let bench: LedgerBench
    var ledger: Ledger { bench.ledger }
    private let day = LocalDate(Sample.start)

    init() throws { bench = try LedgerBench() }

    /// A tap at so many seconds, decided so many milliseconds later.
    private func pay(
        _ card: Int, at second: Int, after wait: Int, _ state: PaymentState = .settled,
        reason: Reason? = nil
    ) async throws {
        let now = Sample.start + .seconds(second)
        let payment = try await ledger.recordTap(
            Sample.draft(1_000), card: Sample.card(card), rules: Sample.tapRules(), now: now)
        _ = try await ledger.update(payment.seq, now: now + .milliseconds(wait)) { _ in
            PaymentUpdate(state, reason: reason)
        }
    }

    @Test("a wait lasts from the tap to the decision, not from the POS's request")
    func waits() async throws {
        guard
            case .created(let asked) = try await ledger.open(
                Sample.draft(700), now: Sample.start)
        else { throw LedgerError.notFound }
        let tapped = try await ledger.recordTap(
            asked.seq, card: Sample.card(9), rules: Sample.tapRules(),
            now: Sample.start + .seconds(20))
        _ = try await ledger.update(
            tapped.seq, now: Sample.start + .seconds(20) + .milliseconds(350)
        ) { _ in PaymentUpdate(.settled) }
        let pace = try await ledger.pace(day)
        #expect(pace.total.payments == 1 && pace.total.amount == Money(fen: 700))
        #expect(pace.total.medianWait == Duration.milliseconds(350))
    }

    @Test("what is decided at the tap waits for nothing, and later changes count as nothing")
    func atOnce() async throws {
        let payment = try await ledger.recordTap(
            Sample.draft(100), card: Sample.card(1), rules: Sample.tapRules(up: false),
            now: Sample.start)
        _ = try await ledger.update(payment.seq, now: Sample.start + .seconds(900)) { _ in
            PaymentUpdate(.settled)
        }
        let total = try await ledger.pace(day).total
        #expect(total.medianWait == Duration.zero && total.offline == 1 && total.approved == 1)
    }

    @Test("no wait is made up: a clock that went back, a restart, no tap, no decision yet")
    func unknownWaits() async throws {
        try await pay(1, at: 10, after: -5)
        try await pay(2, at: 20, after: 60_000, .refused, reason: .interrupted)
        _ = try await ledger.open(Sample.draft(), now: Sample.start + .seconds(30))
        _ = try await ledger.recordTap(
            Sample.draft(), card: Sample.card(3), rules: Sample.tapRules(), now: Sample.start)
        let total = try await ledger.pace(day).total
        #expect(total.payments == 4 && total.approved == 1 && total.refused == 1)
        #expect(total.medianWait == nil)
    }

    @Test("a day counts what the day's report counts")
    func report() async throws {
        for second in 0..<9 { try await pay(second + 1, at: second * 400, after: second) }
        try await pay(10, at: 86_400, after: 1)
        let (pace, report) = (try await ledger.pace(day), try await ledger.report(day))
        #expect(pace.total.payments == report.total.count)
        #expect(pace.total.approved == report.approved.count)
        #expect(pace.total.amount.fen == report.approved.amount)
        #expect(pace.quarters.map(\.payments).reduce(0, +) == report.total.count)
    }

    @Test("of too many payments the first are looked at, and it says so")
    func cut() async throws {
        for second in 1...3 { try await pay(second, at: second, after: 0) }
        #expect(try await ledger.pace(day, paymentsMax: 3).isCut == false)
        let cut = try await ledger.pace(day, paymentsMax: 2)
        #expect(cut.isCut && cut.total.payments == 2)
    }

    @Test("a day and its waits are found by their indexes, in the order of time")
    func plan() async throws {
        let pool = await ledger.pool
        let plan = try await pool.read { db in
            try Row.fetchAll(
                db, sql: "EXPLAIN QUERY PLAN " + PaceRow.statement, arguments: [0, 1, 2]
            ).map { $0["detail"] as String }
        }
        #expect(plan.first?.hasPrefix("SEARCH payments USING INDEX payments_created") == true)
        let history = plan.filter { $0.hasPrefix("SEARCH history USING INDEX") }
        #expect(history.count == 2, "\(plan)")
        #expect(!plan.contains { $0.hasPrefix("SCAN") || $0.contains("B-TREE") }, "\(plan)")
    }
}
