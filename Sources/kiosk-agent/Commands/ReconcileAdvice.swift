internal import TerminalCore

/// What there is to do about differences that no repair mends, for people.
enum ReconcileAdvice {
    /// A line for each kind of `differences` that has one, then one for those in an archive.
    static func text(_ differences: [ReconcileAnswer.Difference]) -> String {
        let open = differences.filter { $0.repaired == nil }
        let kinds = Set(open.map(\.kind))
        var lines = byKind.filter { kinds.contains($0.kind) }.map { kind, words in
            "\(kind): \(words.text)"
        }
        if open.contains(where: \.archived) { lines.append(inArchive.text) }
        return lines.joined(separator: "\n")
    }

    private static let byKind: [(kind: String, words: Phrase)] = [
        (
            "charged_in_doubt",
            Phrase(
                en: "the number is paid, perhaps by another card — compare card and time at the "
                    + "platform — kiosk-agent payments reverse undoes what our card paid",
                zh: "该单号已扣款，但可能是另一张卡 — 请在平台核对卡号和时间 — "
                    + "本卡所付的可用 kiosk-agent payments reverse 冲正")
        ),
        (
            "earlier_order_charged",
            Phrase(
                en: "a number that the payment gave up is paid — compare card and time at the "
                    + "platform — refund it there if the payer owes nothing or has paid already",
                zh: "交易放弃的旧单号已扣款 — 请在平台核对卡号和时间 — "
                    + "若顾客无欠款或已付款，请在平台退款")
        ),
    ]

    private static let inArchive = Phrase(
        en: "archived: nothing is changed in an archive — compare with the platform — settle it "
            + "there",
        zh: "已归档：归档中的记录不作更改 — 请与平台核对 — 在平台处理")
}
