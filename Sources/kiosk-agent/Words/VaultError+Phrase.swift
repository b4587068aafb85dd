internal import OAuth
internal import TerminalCore

extension VaultError {
    /// What happened, why, and what to do.
    var phrase: Phrase { Phrase(en: description, zh: chinese) }

    private var chinese: String {
        switch self {
        case .cannotWrite(let path, let why):
            "无法保存令牌 — \(path)：\(why) — 请以终端程序的用户运行"
        case .cannotRead(let path, let why):
            "无法读取已保存的令牌 — \(path)：\(why) — 请以终端程序的用户运行"
        case .cannotOpen(let path):
            "无法打开已保存的令牌 — \(path) 被改动，或 data_key 不同 — 请重新获取"
        }
    }
}
