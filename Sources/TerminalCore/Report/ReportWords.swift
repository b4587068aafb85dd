/// The words of a report in one language.
public struct ReportWords: Sendable {
    let language: DayReport.Language

    public init(_ language: DayReport.Language) { self.language = language }

    var columns: [String] {
        choose(["", "count", "yuan", "taken"], ["", "笔数", "金额（元）", "实收（元）"])
    }

    var total: String { choose("total", "合计") }
    var offline: String { choose("offline", "离线批准") }
    var first: String { choose("first", "首笔") }
    var last: String { choose("last", "末笔") }
    var none: String { choose("no payments on this day", "当日无交易") }

    func title(_ date: String, _ terminals: [String]) -> String {
        let names = terminals.isEmpty ? "" : " · " + terminals.joined(separator: " ")
        return choose("Report of ", "日报 ") + date + names
    }

    /// For example `34 of 812 approved (4.2 %), 510.00 yuan`.
    func share(_ part: DayReport.Line, of whole: DayReport.Line) -> String {
        let tenths =
            whole.count == 0 ? 0 : (part.count * 1_000 + whole.count / 2) / whole.count
        let percent = "\(tenths / 10).\(tenths % 10)"
        let yuan = Money(fen: part.amount).description
        return choose(
            "\(part.count) of \(whole.count) approved (\(percent) %), \(yuan) yuan",
            "\(part.count) / \(whole.count) 笔（\(percent)%），\(yuan) 元")
    }

    /// The English words are those of the API, with spaces.
    public func state(_ state: PaymentState?) -> String {
        guard let state else { return "" }
        return choose(Self.spaced(state.rawValue), Self.chinese(state))
    }

    /// The English words are those of the API, with spaces.
    public func reason(_ reason: Reason?) -> String {
        guard let reason else { return "" }
        return choose(Self.spaced(reason.rawValue), Self.chinese(reason))
    }

    private func choose<Word>(_ english: Word, _ chinese: Word) -> Word {
        language == .zh ? chinese : english
    }

    private static func spaced(_ word: String) -> String {
        word.split(separator: "_").joined(separator: " ")
    }

    private static func chinese(_ state: PaymentState) -> String {
        switch state {
        case .awaitingCard: "等待刷卡"
        case .cancelled: "已取消"
        case .pending: "处理中"
        case .settled: "已入账"
        case .accepted: "离线待传"
        case .refused: "已拒绝"
        case .held: "待人工处理"
        case .rejected: "平台拒付"
        case .reversing: "冲正中"
        case .reversed: "已冲正"
        case .writtenOff: "已核销"
        }
    }

    private static func chinese(_ reason: Reason) -> String {
        switch reason {
        case .cardLost: "挂失卡"
        case .cardUnknown: "未知卡"
        case .cardNotNormal: "卡状态异常"
        case .cardUnreadable: "无法读卡"
        case .balanceTooLow: "余额不足"
        case .platformRefused: "平台拒绝"
        case .platformUnreachable: "平台无法连接"
        case .platformProcessing: "平台处理中"
        case .platformConflict: "与平台记录不符"
        case .platformChanged: "平台配置已更换"
        case .platformForgot: "平台已无记录"
        case .seqCollision: "订单号冲突"
        case .offlineDisabled: "未启用离线支付"
        case .offlinePaymentLimit: "超过离线单笔限额"
        case .offlineCardLimit: "超过离线单卡限额"
        case .offlineTotalLimit: "超过离线总限额"
        case .offlineTooOld: "离线交易积压过久"
        case .offlineCardUnknown: "离线不受理未知卡"
        case .offlineListTooOld: "挂失名单过旧"
        case .periodLimit: "超过时段次数"
        case .codeNeedsPlatform: "付款码需联网"
        case .interrupted: "交易中断"
        case .storageFailed: "存储故障"
        case .cancelled: "已取消"
        }
    }
}
