internal import TerminalCore

extension StatusAnswer.Storage {
    /// What is wrong with the ledger's disk; nil while all is well.
    ///
    /// English people read the agent's own words, and so does everybody of a trouble that is new.
    var phrase: Phrase? { problem.map { Phrase(en: $0, zh: chinese ?? $0) } }

    private var chinese: String? {
        switch trouble ?? "" {
        case "full":
            "账本所在磁盘已满 — 清理前拒绝交易 — 请清理空间：journalctl --vacuum-size=50M"
        case "read_only":
            "账本只能读取，不能写入 — 恢复前拒绝交易 — 请用 dmesg 查看原因，"
                + "然后对其文件系统运行 mount -o remount,rw"
        case "failing":
            "账本所在磁盘读写出错 — 写入成功前拒绝交易 — 请查看 dmesg，持续出错则更换介质"
        case "corrupt":
            "账本已损坏 — 拒绝交易 — 请勿删除任何文件：停止终端程序，用 kiosk-agent set-aside "
                + "移开该文件，再重新启动"
        default: nil
        }
    }
}

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
