import TerminalAgent

/// What payers lived through: answers in time, lost cards, interrupted payments.
enum PayerChecks {
    /// On top of the deadline: the world's own steps take no time.
    private static let tolerance = Duration.milliseconds(50)

    static func violations(_ evidence: Evidence) -> [Violation] {
        evidence.payments.flatMap { payment in
            [
                answer(payment, evidence), interrupted(payment, evidence),
                blocked(payment, evidence),
            ].compactMap { $0 }
        }
    }

    /// A payer who stands before a living terminal sees the outcome in time.
    private static func answer(_ payment: PaymentFact, _ evidence: Evidence) -> Violation? {
        let witness = evidence.witness
        guard let tap = witness.taps[payment.seq] else { return nil }
        let latest = tap.at + evidence.scenario.rules.decisionDeadline + tolerance
        if latest >= witness.ends[tap.life] ?? evidence.end { return nil }
        let told = witness.told.first { $0.seq == payment.seq && $0.isPage }
        if let told, told.at <= latest { return nil }
        let text = "\(payment.seq), tapped at \(tap.at), told \(told.map { "\($0.at)" } ?? "never")"
        return Violation(rule: .answeredInTime, what: text)
    }

    /// Who stood before a terminal that died was told nothing, and is not charged.
    private static func interrupted(_ payment: PaymentFact, _ evidence: Evidence) -> Violation? {
        guard evidence.witness.pendingAtCrash.contains(payment.seq),
            !Evidence.declined.contains(payment.state)
        else { return nil }
        let text = "\(payment.seq) was pending at a crash and is \(payment.state)"
        return Violation(rule: .declinedIsNotCharged, what: text)
    }

    private static func blocked(_ payment: PaymentFact, _ evidence: Evidence) -> Violation? {
        guard let tap = evidence.witness.taps[payment.seq] else { return nil }
        let isBlocked = evidence.witness.blocks.contains { block in
            block.card == tap.card && block.from < tap.at && tap.at < block.to ?? evidence.end
        }
        guard isBlocked, payment.state != "refused" else { return nil }
        return Violation(rule: .lostCardRefused, what: "\(payment.seq) is \(payment.state)")
    }
}
