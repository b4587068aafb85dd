import TerminalTesting

/// What is known at the end, from outside of the code under test.
struct Evidence {
    var payments: [PaymentFact]
    var history: [HistoryFact]
    var orders: [String: Order]
    var movements: [Movement]
    var witness: Witness
    var scenario: Scenario
    var end: Duration

    init(_ world: World) throws {
        payments = try world.life?.reader.payments() ?? []
        history = try world.life?.reader.history() ?? []
        orders = world.platform.orders
        let left = Self.leftToTwin(payments, orders)
        movements = world.platform.movements.filter { !left.contains($0.order) }
        witness = world.witness
        scenario = world.scenario
        end = world.clock.uptime()
    }

    /// Orders of a twin whose payment was declined for that: neither approved nor undone here.
    private static func leftToTwin(
        _ payments: [PaymentFact], _ orders: [String: Order]
    ) -> Set<String> {
        let conflicts = payments.filter {
            declined.contains($0.state) && $0.reason == "platform_conflict"
        }
        return Set(conflicts.map(\.order).filter { orders[$0]?.isTwins ?? false })
    }

    /// All rules, judged.
    var violations: [Violation] {
        witness.violations + MoneyChecks.violations(self) + LedgerChecks.violations(self)
            + PayerChecks.violations(self) + CodeChecks.violations(self)
    }

    func history(of payment: PaymentFact) -> [HistoryFact] {
        history.filter { $0.payment == payment.id }
    }

    /// Whether its payer had a code: what the terminal was given counts, not what it made of it.
    func isByCode(_ payment: PaymentFact) -> Bool {
        if let card = payment.card { return witness.isCode(card) }
        return payment.state != "awaiting_card" && payment.state != "cancelled"
    }

    /// Every order number that a payment ever had.
    func numbers(of payment: PaymentFact) -> Set<String> {
        Set(history(of: payment).map(\.order))
    }

    /// What the platform keeps of a payment's money now, under all its order numbers. Fen.
    func charged(_ payment: PaymentFact) -> Int64 {
        let numbers = numbers(of: payment)
        return movements.filter { numbers.contains($0.order) }.reduce(0) { $0 + $1.amount }
    }

    static let approved: Set = ["settled", "accepted", "held", "rejected", "written_off"]
    static let declined: Set = ["refused", "reversing", "reversed"]
}
