/// What a payment by a code that is good once must never come to.
enum CodeChecks {
    static func violations(_ evidence: Evidence) -> [Violation] {
        evidence.payments.compactMap { approval($0, evidence) } + orders(evidence)
    }

    /// Nobody can say offline whether a code is any good.
    private static func approval(_ payment: PaymentFact, _ evidence: Evidence) -> Violation? {
        guard evidence.isByCode(payment) else { return nil }
        let states = Set(evidence.history(of: payment).map(\.to))
        let isApproved = !states.isDisjoint(with: ["accepted", "held", "rejected"])
        guard isApproved || payment.isOffline || payment.decision == "approve" else { return nil }
        let decision = payment.decision ?? "none"
        let text = "\(payment.seq) is \(payment.state), its decision \(decision)"
        return Violation(rule: .codeNeedsPlatform, what: text)
    }

    /// The token of a code is its payer's: nobody else's order is paid with it.
    private static func orders(_ evidence: Evidence) -> [Violation] {
        var spent: Set<String> = []
        var violations: [Violation] = []
        for order in evidence.orders.values.sorted(by: { $0.number < $1.number }) {
            guard let code = order.code, !spent.insert(code).inserted else { continue }
            let text = "\(code) paid \(order.number), too"
            violations.append(Violation(rule: .codeIsPostedOnce, what: text))
        }
        return violations
    }
}
