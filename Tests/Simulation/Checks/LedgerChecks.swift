import TerminalAgent
import TerminalCore

/// What the ledger says against its own rules, read from the file.
enum LedgerChecks {
    static func violations(_ evidence: Evidence) -> [Violation] {
        evidence.payments.flatMap { history($0, evidence) } + limits(evidence)
    }

    /// The contract's table of changes, written once more.
    private static let legal: [String: Set<String>] = [
        "": ["awaiting_card", "pending", "accepted", "refused"],
        "awaiting_card": ["pending", "cancelled", "accepted", "refused"],
        "cancelled": [],
        "pending": ["settled", "accepted", "refused", "reversing"],
        "settled": ["reversing"],
        "accepted": ["settled", "rejected", "held", "reversing"],
        "refused": ["reversing"],
        "held": ["accepted", "settled", "written_off", "reversing"],
        "rejected": ["accepted", "settled", "written_off"],
        "reversing": ["reversed", "written_off"],
        "reversed": ["reversing"],
        "written_off": ["settled", "reversing"],
    ]

    private static func history(_ payment: PaymentFact, _ evidence: Evidence) -> [Violation] {
        let lines = evidence.history(of: payment)
        var state = ""
        for (index, line) in lines.enumerated() {
            // A line without a change of state is a renewed order number.
            let isRenewal = line.from == line.to && index > 0
            guard line.revision == index + 1, (line.from ?? "") == state,
                isRenewal || legal[state]?.contains(line.to) == true
            else {
                let text = "\(payment.seq): \(state) to \(line.to), line \(index + 1)"
                return [Violation(rule: .historyIsWhole, what: text)]
            }
            state = line.to
        }
        let isWhole = state == payment.state && lines.count == payment.revision
        let text = "\(payment.seq): \(lines.count) lines end in \(state)"
        return isWhole ? [] : [Violation(rule: .historyIsWhole, what: text)]
    }

    /// Goes through the history and adds up what was approved and not delivered at each line.
    private static func limits(_ evidence: Evidence) -> [Violation] {
        let rows = Dictionary(uniqueKeysWithValues: evidence.payments.map { ($0.id, $0) })
        let policy = evidence.scenario.rules.policy
        var open: [Int64: Int64] = [:]
        for line in evidence.history {
            guard let row = rows[line.payment] else { continue }
            open[row.id] = counts(line.to, row) ? row.amount : nil
            let card = open.filter { rows[$0.key]?.card == row.card }.values.reduce(0, +)
            let total = open.values.reduce(0, +)
            let isLarge = row.isOffline && row.amount > policy.paymentLimit.fen
            if card > policy.cardLimit.fen || total > policy.totalLimit.fen || isLarge {
                let text = "\(row.seq): \(row.amount), card \(card), total \(total) fen"
                return [Violation(rule: .limitsHold, what: text)]
            }
        }
        return []
    }

    private static func counts(_ state: String, _ row: PaymentFact) -> Bool {
        switch state {
        case "accepted", "held", "rejected": true
        case "pending": row.decision == "approve"
        default: false
        }
    }
}
