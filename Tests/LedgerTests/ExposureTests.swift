import GRDB
import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

/// The sum that is kept beside the file, against the one that SQLite adds up from the rows.
@Suite("What is unforwarded in all") struct ExposureTests {
    @Test(
        "whatever is committed or refused, the sum is the rows'",
        arguments: [UInt64](1...8))
    func sum(seed: UInt64) async throws {
        let bench = try LedgerBench()
        var dice = SeededGenerator(seed: seed)
        var seqs: [String] = []
        var known = 0
        for step in 0..<120 {
            let now = Sample.start + .seconds(step)
            switch Int.random(in: 0..<8, using: &dice) {
            case 0...2: seqs += try await tapped(bench, step, now, &dice)
            case 3: try await refused(bench, step, now)
            case 4 where step % 16 == 0:
                let payment = Sample.payment(.accepted, sends: 0)
                _ = try await bench.ledger.adopt(payment, now: now)
            default: try await moved(bench, seqs, now, &dice)
            }
            known += try await expectSum(bench)
        }
        #expect(known > 60, "it is known at most steps, not added up anew at each")
    }

    /// 1 when the sum is kept at this moment.
    private func expectSum(_ bench: LedgerBench) async throws -> Int {
        var exposure = await bench.ledger.exposure
        let unknown = Money(fen: -1)
        let kept = exposure.total { unknown }
        if kept == unknown { return 0 }
        #expect(try await kept == bench.ledger.totalExposure())
        return 1
    }

    /// A tap of a card of its own, with or without a platform.
    private func tapped(
        _ bench: LedgerBench, _ step: Int, _ now: Timestamp, _ dice: inout SeededGenerator
    ) async throws -> [String] {
        let amount = Int64.random(in: 1...9_000, using: &dice)
        let rules = Sample.tapRules(up: Bool.random(using: &dice))
        let payment = try await bench.ledger.recordTap(
            Sample.draft(amount), card: Sample.card(step + 1), rules: rules, now: now)
        return [payment.seq]
    }

    /// A tap that ends in an error, after it had read the facts.
    private func refused(_ bench: LedgerBench, _ step: Int, _ now: Timestamp) async throws {
        let pool = await bench.ledger.pool
        try await pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = 1") }
        await #expect(throws: LedgerError.self) {
            try await bench.ledger.recordTap(
                Sample.draft(), card: Sample.card(step + 1), rules: Sample.tapRules(), now: now)
        }
        try await pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = 0") }
    }

    /// Any legal change of any payment, or a send mark.
    private func moved(
        _ bench: LedgerBench, _ seqs: [String], _ now: Timestamp, _ dice: inout SeededGenerator
    ) async throws {
        guard let seq = seqs.randomElement(using: &dice) else { return }
        let choice = UInt64.random(in: 0...99, using: &dice)
        _ = try await bench.ledger.update(seq, now: now) { payment in
            let ways = PaymentState.allCases.filter(payment.state.successors.contains)
            if choice < 20 || ways.isEmpty { return PaymentUpdate(note: "a look") }
            return PaymentUpdate(ways[Int(choice) % ways.count], reason: .platformRefused)
        }
    }
}
