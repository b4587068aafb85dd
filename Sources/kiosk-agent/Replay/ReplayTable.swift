internal import Ledger
internal import TerminalCore

/// What a replay says: what it would do, and how it ended.
enum ReplayTable {
    /// One line for each payment that is owed.
    static func plan(_ source: ReplaySource) -> String {
        var table = TextTable(["seq", "made", "state", "yuan", "would"], amounts: ["yuan"])
        var closed = 0
        for payment in source.payments {
            guard let goal = payment.adoptedState else {
                closed += 1
                continue
            }
            table.add(cells(payment) + [intention(goal)])
        }
        let rest = "\(closed) are closed already or were never sent"
        let owed = source.payments.count - closed
        return owed == 0 ? "nothing is owed; \(rest)" : "\(table.text)\n\(rest)"
    }

    private static func intention(_ goal: PaymentState) -> String {
        switch goal {
        case .accepted: "ask the platform, then charge once"
        case .reversing: "have it undone"
        default: "leave it to an operator"
        }
    }

    /// One line for each payment that was taken over, as it stands now.
    static func result(_ payments: [Payment]) -> String {
        if payments.isEmpty { return "nothing is owed" }
        var table = TextTable(["seq", "made", "state", "yuan", "reason"], amounts: ["yuan"])
        for payment in payments { table.add(cells(payment) + [payment.reason?.rawValue ?? ""]) }
        return table.text
    }

    private static func cells(_ payment: Payment) -> [String] {
        [
            payment.seq, Moments.text(payment.createdAt.milliseconds), payment.state.rawValue,
            payment.amount.description,
        ]
    }
}
