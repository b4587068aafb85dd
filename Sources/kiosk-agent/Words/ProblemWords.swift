internal import TerminalCore

/// The problem documents of the agent's interface (RFC 9457), by their stable type.
///
/// English people read the document's own words; the others learn what kind of problem it is, and
/// read those words as the reason where they tell more than the kind does.
enum ProblemWords {
    static func phrase(_ kind: String, _ detail: String, seq: String?) -> Phrase {
        Phrase(en: detail, zh: chinese(kind, detail, seq))
    }

    static func unknown(_ status: Int) -> Phrase {
        Phrase(
            en: "the agent refuses the call — it answered \(status) — see its log",
            zh: "终端程序拒绝了请求 — 它答复 \(status) — 请查看其日志")
    }

    private static func chinese(_ kind: String, _ detail: String, _ seq: String?) -> String {
        switch kind {
        case "busy":
            seq.map { "终端正忙 — 交易 \($0) 正在等待刷卡 — 请取消它，或等它结束" }
                ?? "现在无法处理 — \(detail) — 请稍后再试"
        case "fixed_mode":
            "不能发起交易 — 此处每次刷卡即付款 — 请刷卡，或将 payment.mode 设为 requested"
        case "forbidden": "没有权限 — \(detail) — 请检查操作员令牌"
        case "invalid": "请求无法接受 — \(detail) — 请更正"
        case "not_found": "没有找到 — 没有这笔交易或这个条目 — 请核对编号"
        case "reference_conflict":
            "该 reference 已被占用 — 交易 \(seq ?? "") 使用了它且金额不同，或正在冲正 — "
                + "请使用新的 reference"
        case "unavailable": "暂时无法处理 — \(detail) — 请稍后再试"
        default: detail
        }
    }
}
