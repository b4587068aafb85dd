internal import Ledger
internal import TerminalCore

/// What a replay says: what it would do, and how it ended.
enum ReplayTable {
    /// One line for each payment that is owed.
    static func plan(_ source: ReplaySource) -> StyledText {
        var table = self.table(TableWords.would)
        var closed = 0
        for payment in source.payments {
            guard let goal = payment.adoptedState else {
                closed += 1
                continue
            }
            table.add(cells(payment) + [intention(goal)])
        }
        let rest = Phrase(
            en: "\(closed) are closed already or were never sent", zh: "\(closed) 笔已结束或从未发送")
        let owed = source.payments.count - closed
        if owed == 0 {
            let words = [nothingOwed, rest]
            return StyledText(Phrase.joined(words, by: Phrase(en: "; ", zh: "；")).text)
        }
        return table.styled + StyledText("\n" + rest.text)
    }

    private static let nothingOwed = Phrase(en: "nothing is owed", zh: "没有待上传的款项")

    private static func intention(_ goal: PaymentState) -> String {
        switch goal {
        case .accepted:
            Phrase(en: "ask the platform, then charge once", zh: "先询问平台，再扣款一次").text
        case .reversing: Phrase(en: "have it undone", zh: "冲正").text
        default: Phrase(en: "leave it to an operator", zh: "留给操作员处理").text
        }
    }

    /// One line for each payment that was taken over, as it stands now.
    static func result(_ payments: [Payment]) -> StyledText {
        if payments.isEmpty { return StyledText(nothingOwed.text) }
        var table = self.table(TableWords.reason)
        for payment in payments {
            let reason = payment.reason.map { PaymentWords.reason($0.rawValue).text } ?? ""
            table.add(cells(payment) + [reason])
        }
        return table.styled
    }

    private static func table(_ last: Phrase) -> TextTable {
        let heads = [
            TableWords.seq, TableWords.made, TableWords.state, TableWords.yuan, last,
        ]
        return TextTable(
            heads.map(\.text), amounts: [TableWords.yuan.text], states: [TableWords.state.text])
    }

    private static func cells(_ payment: Payment) -> [String] {
        [
            payment.seq, Moments.text(payment.createdAt.milliseconds), payment.state.rawValue,
            payment.amount.description,
        ]
    }
}
