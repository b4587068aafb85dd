internal import Ledger
internal import TerminalCore

/// Outcomes of a drain written a second: by as many deliveries at once as an agent has in hand,
/// which share transactions, against one after the other.
enum OutcomeBench {
    private static let payments = 800
    /// What a drain has at the platform where nobody configures it, and what it has in hand: eight
    /// for each of those.
    private static let (places, inHand) = (8, 64)

    static func run(_ effort: Effort) async throws -> [Line] {
        let scratch = try Scratch()
        let rounds = try await effort.rounds(10, within: .seconds(30)).run { round in
            (
                alone: try await settle(1, scratch.path("\(round)-1.sqlite")),
                few: try await settle(places, scratch.path("\(round)-few.sqlite")),
                many: try await settle(inHand, scratch.path("\(round)-many.sqlite"))
            )
        }
        return [
            Line(
                "ledger: outcomes, \(inHand) at once",
                rounds.map { Pair(ours: $0.many, yardstick: $0.alone) }, unit: "/s",
                Threshold.outcomeRatio),
            Line(
                "ledger: outcomes, \(places) at once",
                rounds.map { Pair(ours: $0.few, yardstick: $0.alone) }, unit: "/s", nil),
        ]
    }

    /// Outcomes a second by so many deliveries.
    private static func settle(_ deliveries: Int, _ path: String) async throws -> Double {
        _ = try Ledger.forBench(path)
        try PlainLedger(path: path).fill(payments, settles: false)
        let ledger = try Ledger.forBench(path)
        let owed = try await ledger.owed(after: 0, limit: payments)
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for delivery in 0..<deliveries {
                group.addTask {
                    for index in stride(from: delivery, to: owed.count, by: deliveries) {
                        try await settle(owed[index], ledger)
                    }
                }
            }
            try await group.waitForAll()
        }
        return Double(owed.count) / ((ContinuousClock.now - start) / .seconds(1))
    }

    private static func settle(_ payment: Payment, _ ledger: Ledger) async throws {
        let now = SystemTerminalClock().now()
        let settled = try await ledger.updateTogether(payment.seq, now: now) { payment in
            let trade = Trade(id: payment.order, paid: payment.amount, balance: .zero)
            return PaymentUpdate(.settled, reason: .some(nil), trade: trade, card: .vouched)
        }
        guard settled.state == .settled else { throw BenchFailure("\(settled.state)") }
    }
}
