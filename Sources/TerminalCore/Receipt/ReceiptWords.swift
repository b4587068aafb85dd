/// The words of a receipt in one language.
struct ReceiptWords {
    let language: Receipt.Language

    init(_ language: Receipt.Language) { self.language = language }

    var balance: String { choose("Balance", "余额") }
    var card: String { choose("Card", "卡号") }
    var copy: String { choose("COPY", "补打") }
    var item: String { choose("Item", "项目") }
    var number: String { choose("Number", "流水号") }
    var order: String { choose("Order", "订单号") }
    var reason: String { choose("Reason", "原因") }
    var reference: String { choose("Reference", "商户单号") }
    var refund: String { choose("Refund", "退款") }
    var taken: String { choose("Taken", "实收") }
    var terminal: String { choose("Terminal", "终端号") }
    var time: String { choose("Time", "时间") }
    var trade: String { choose("Trade", "交易号") }

    func text(_ reason: Reason) -> String { ReportWords(language).reason(reason) }

    func sum(_ money: Money) -> String { "\(money) \(choose("yuan", "元"))" }

    /// The word that nobody overlooks.
    func headline(_ outcome: Receipt.Outcome, _ charge: Receipt.Charge) -> String {
        switch outcome {
        case .approved where charge == .taken: choose("APPROVED", "支付成功")
        case .approved: choose("APPROVED OFFLINE", "离线支付成功")
        case .declined: choose("DECLINED", "支付失败")
        case .cancelled: choose("CANCELLED", "已取消")
        case .refunded: choose("REFUND", "退款")
        }
    }

    /// What became of the money; nil when the headline says it.
    func note(_ charge: Receipt.Charge) -> String? {
        switch charge {
        case .taken: nil
        case .owed: choose("Not booked yet; it will be booked later.", "尚未入账，稍后入账。")
        case .notTaken: choose("Nothing was charged.", "未扣款。")
        case .returning: choose("What was charged is being returned.", "如已扣款，正在退回。")
        case .returned: choose("What was charged was returned.", "如已扣款，已经退回。")
        case .unclear:
            choose(
                "If your account shows a charge, please ask the staff.",
                "如账户显示扣款，请联系工作人员。")
        }
    }

    private func choose(_ english: String, _ chinese: String) -> String {
        language == .zh ? chinese : english
    }
}
