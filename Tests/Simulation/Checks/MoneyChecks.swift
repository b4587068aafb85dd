/// What payers were told against what the platform charged.
enum MoneyChecks {
    static func violations(_ evidence: Evidence) -> [Violation] {
        evidence.payments.flatMap { charges($0, evidence) + twice($0, evidence) }
            + words(evidence) + totals(evidence) + strangers(evidence)
    }

    private static func charges(_ payment: PaymentFact, _ evidence: Evidence) -> [Violation] {
        let charged = evidence.charged(payment)
        let text = "\(payment.seq) is \(payment.state), the platform has \(charged) fen of it"
        switch payment.state {
        case "settled" where charged != payment.amount:
            return [Violation(rule: .approvedIsCharged, what: text)]
        case "held", "rejected", "written_off":
            let isExplained = payment.reason != nil && charged <= payment.amount
            return isExplained ? [] : [Violation(rule: .approvedIsCharged, what: text)]
        case "refused" where charged != 0, "reversed" where charged != 0,
            "cancelled" where charged != 0, "reversing" where payment.reason == nil:
            return [Violation(rule: .declinedIsNotCharged, what: text)]
        default: return []
        }
    }

    /// The platform's money of one payment is never more than its amount, at no moment.
    private static func twice(_ payment: PaymentFact, _ evidence: Evidence) -> [Violation] {
        let numbers = evidence.numbers(of: payment)
        var sum: Int64 = 0
        for movement in evidence.movements where numbers.contains(movement.order) {
            sum += movement.amount
            if sum > payment.amount {
                return [Violation(rule: .chargedOnce, what: "\(payment.seq): \(sum) fen")]
            }
        }
        return []
    }

    private static func words(_ evidence: Evidence) -> [Violation] {
        let rows = Dictionary(uniqueKeysWithValues: evidence.payments.map { ($0.seq, $0) })
        return evidence.witness.told.compactMap { told in
            let text = "\(told.seq) was told \(told.word.rawValue)"
            guard let row = rows[told.seq] else {
                return Violation(rule: .wordsAgree, what: text + " and is not on disk")
            }
            let isUndone = evidence.witness.reversedByOperator.contains(told.seq)
            let fits =
                switch told.word {
                case .approved: Evidence.approved.contains(row.state) || isUndone
                case .declined: Evidence.declined.contains(row.state)
                case .cancelled: row.state == "cancelled"
                }
            let isExact = told.amount.map { $0 == row.amount } ?? true
            return fits && isExact
                ? nil : Violation(rule: .wordsAgree, what: text + " and is \(row.state)")
        }
    }

    /// Held payments may or may not be charged: an operator finds out.
    private static func totals(_ evidence: Evidence) -> [Violation] {
        let settled = evidence.payments.reduce(Int64(0)) { sum, payment in
            switch payment.state {
            case "settled": sum + payment.amount
            case "held", "rejected", "written_off": sum + evidence.charged(payment)
            default: sum
            }
        }
        let charged = evidence.movements.reduce(0) { $0 + $1.amount }
        guard settled != charged else { return [] }
        return [Violation(rule: .totalsAgree, what: "\(settled) fen against \(charged) fen")]
    }

    private static func strangers(_ evidence: Evidence) -> [Violation] {
        evidence.orders.values.filter { $0.isForeign && $0.status != .normal }.map {
            Violation(rule: .strangersUntouched, what: "\($0.number) is \($0.status.rawValue)")
        }
    }
}
