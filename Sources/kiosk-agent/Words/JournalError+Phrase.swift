internal import Journal
internal import TerminalCore

extension JournalError {
    /// What happened, why, and what to do.
    var phrase: Phrase { Phrase(en: description, zh: chinese) }

    private var chinese: String {
        switch self {
        case .unreadable(let text): "无法读取流水文件 — \(text) — 请检查路径及其权限"
        case .unwritable(let text): "无法写入流水文件 — \(text) — 请换一个路径，或清理空间"
        case .notAJournal: "这不是流水文件 — 其首行不是文件头 — 请给出导出文件、镜像或账本文件"
        case .otherVersion(let version):
            "无法读取流水文件 — 其格式为 \(version)，与本程序不同 — 请使用写入它的版本"
        case .wrongKey:
            "流水文件不是用此密钥签名的 — 由另一台终端写入，或首行被改动 — "
                + "请用 --key FILE 给出该终端的 client_secret"
        case .damaged(let line): "流水文件第 \(line) 行已损坏 — 被截断或覆盖 — 请从其介质重新复制"
        case .altered(let line):
            "流水文件第 \(line) 行与之前的行不衔接 — 被编辑过，或有行被删除、移动 — 请使用未改动的副本"
        case .invalid(let line):
            "流水文件第 \(line) 行含有不允许的值 — 由另一个版本写入 — 请使用该版本"
        case .unfinished(let lines):
            "流水文件不完整 — 在第 \(lines) 行之后缺少末行 — 请重新导出，或完整复制"
        case .tooMany(let lines): "流水文件过长 — 超过 \(lines) 行 — 请导出较少的状态"
        }
    }
}
