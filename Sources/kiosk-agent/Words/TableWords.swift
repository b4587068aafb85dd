internal import TerminalCore

/// The heads of tables about payments and cards, and what stands in their cells.
enum TableWords {
    static let seq = Phrase(en: "seq", zh: "编号")
    static let made = Phrase(en: "made", zh: "时间")
    static let updated = Phrase(en: "updated", zh: "更新")
    static let told = Phrase(en: "told", zh: "已告知")
    static let when = Phrase(en: "when", zh: "时间")
    static let state = Phrase(en: "state", zh: "状态")
    static let reason = Phrase(en: "reason", zh: "原因")
    static let yuan = Phrase(en: "yuan", zh: "金额（元）")
    static let amount = Phrase(en: "amount", zh: "金额")
    static let paid = Phrase(en: "paid", zh: "实收")
    static let balance = Phrase(en: "balance", zh: "余额")
    static let card = Phrase(en: "card", zh: "卡")
    static let title = Phrase(en: "title", zh: "名称")
    static let reference = Phrase(en: "reference", zh: "单号")
    static let offline = Phrase(en: "offline", zh: "离线")
    static let attempts = Phrase(en: "attempts", zh: "发送次数")
    static let order = Phrase(en: "order", zh: "订单号")
    static let trade = Phrase(en: "trade", zh: "平台交易号")
    static let by = Phrase(en: "by", zh: "操作者")
    static let note = Phrase(en: "note", zh: "说明")
    static let source = Phrase(en: "source", zh: "来源")
    static let since = Phrase(en: "since", zh: "起始")
    static let difference = Phrase(en: "difference", zh: "差异")
    static let ours = Phrase(en: "ours", zh: "本机")
    static let platform = Phrase(en: "platform", zh: "平台")
    static let now = Phrase(en: "now", zh: "现为")
    static let archived = Phrase(en: "archived", zh: "已归档")
    static let would = Phrase(en: "would", zh: "将要")
    static let number = Phrase(en: "number", zh: "卡号")
    static let format = Phrase(en: "format", zh: "格式")
    static let line = Phrase(en: "line", zh: "行")
    static let answerToReset = Phrase(en: "answer to reset", zh: "复位应答")
    static let held = Phrase(en: "held by another program", zh: "被另一程序占用")
    static let noPayments = Phrase(en: "no payments", zh: "没有交易")

    static func yesOrNo(_ isSo: Bool) -> Phrase {
        isSo ? Phrase(en: "yes", zh: "是") : Phrase(en: "no", zh: "否")
    }

    static func sum(_ yuan: String) -> Phrase { Phrase(en: "\(yuan) yuan", zh: "\(yuan) 元") }

    static func more(_ cursor: String) -> Phrase {
        Phrase(en: "more with --after \(cursor)", zh: "更多请用 --after \(cursor)")
    }

    static func more(_ cursor: String, of total: Int) -> Phrase {
        Phrase(
            en: "more with --after \(cursor), of \(total) in all",
            zh: "更多请用 --after \(cursor)，共 \(total) 条")
    }

    /// Who changed a payment: one of the terminal's own parts, or an operator by name.
    static func actor(_ word: String) -> Phrase {
        switch word {
        case "agent": Phrase(en: word, zh: "终端程序")
        case "pos": Phrase(en: word, zh: "收银机")
        case "operator": Phrase(en: word, zh: "操作员")
        default: Phrase(verbatim: word)
        }
    }

    /// Where an entry of the list of lost cards comes from.
    static func origin(_ word: String) -> Phrase {
        switch word {
        case "platform": Phrase(en: word, zh: "平台")
        case "operator": Phrase(en: word, zh: "操作员")
        case "import": Phrase(en: word, zh: "导入的名单")
        default: Phrase(verbatim: word)
        }
    }
}
