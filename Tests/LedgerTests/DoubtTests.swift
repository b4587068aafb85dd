import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("Money in doubt")
struct DoubtTests {
    @Test("what is counted is what the payment itself says is in doubt")
    func counted() async throws {
        let bench = try LedgerBench()
        for state in PaymentState.allCases {
            for change in [
                "reason = 'platform_conflict'", "reason = 'platform_refused'", "reason = NULL",
                "reason = 'platform_conflict', trade_id = 'T1'",
                "reason = 'platform_conflict', paid_amount = 100",
            ] {
                let payment = try await bench.payment(in: state)
                try await bench.run("UPDATE payments SET \(change) WHERE id = \(payment.id)")
            }
        }
        let all = try await bench.ledger.payments(PaymentFilter(limit: PaymentFilter.limitMax))
        let inDoubt = all.filter(\.isInDoubt)
        #expect(inDoubt.count == 2)
        let doubt = try await bench.ledger.doubt()
        #expect(doubt == DoubtTotal(count: 2, amount: Money(fen: 3_000)))
    }

    @Test("only the newest payments are looked at")
    func window() async throws {
        let bench = try LedgerBench()
        for _ in 1...3 {
            let payment = try await bench.payment(in: .refused)
            try await bench.run(
                "UPDATE payments SET reason = 'platform_conflict' WHERE id = \(payment.id)")
        }
        for (window, count) in [(1, 1), (2, 2), (3, 3), (4, 3)] {
            #expect(try await bench.ledger.doubt(among: window).count == count)
        }
    }

    @Test("an empty ledger has none")
    func none() async throws {
        let bench = try LedgerBench()
        let doubt = try await bench.ledger.doubt()
        #expect(doubt == DoubtTotal(count: 0, amount: .zero))
    }
}
