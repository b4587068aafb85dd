internal import Ledger
internal import TerminalCore

/// What a replay says: what it would do, and how it ended.
enum ReplayTable {
    /// One line for each payment that is owed.
    static func plan(_ source: ReplaySource) -> StyledText {
        var table = TextTable(
            ["seq", "made", "state", "yuan", "would"], amounts: ["yuan"], states: ["state"])
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
        if owed == 0 { return StyledText("nothing is owed; \(rest)") }
        return table.styled + StyledText("\n\(rest)")
    }

    private static func intention(_ goal: PaymentState) -> String {
        switch goal {
        case .accepted: "ask the platform, then charge once"
        case .reversing: "have it undone"
        default: "leave it to an operator"
        }
    }

    /// One line for each payment that was taken over, as it stands now.
    static func result(_ payments: [Payment]) -> StyledText {
        if payments.isEmpty { return StyledText("nothing is owed") }
        var table = TextTable(
            ["seq", "made", "state", "yuan", "reason"], amounts: ["yuan"], states: ["state"])
        for payment in payments { table.add(cells(payment) + [payment.reason?.rawValue ?? ""]) }
        return table.styled
    }

    private static func cells(_ payment: Payment) -> [String] {
        [
            payment.seq, Moments.text(payment.createdAt.milliseconds), payment.state.rawValue,
            payment.amount.description,
        ]
    }
}
