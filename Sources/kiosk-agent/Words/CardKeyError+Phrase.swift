internal import Sealing
internal import TerminalCore

extension CardKeyError {
    /// What happened, why, and what to do.
    var phrase: Phrase { Phrase(en: description, zh: "无法打开卡号 — \(chinese)") }

    private var chinese: String {
        switch self {
        case .missing:
            "它们用另一台终端的 data_key 加密 — 请用 --key FILE 给出其 ledger.recovery_key 的私钥"
        case .notWrapped:
            "它们用另一台终端的 data_key 加密，且该终端没有 ledger.recovery_key — "
                + "请使用带有该 data_key 的配置"
        case .otherKey:
            "私钥与该终端的 ledger.recovery_key 不成对 — 请用 --key FILE 给出正确的私钥"
        case .damaged: "为恢复而封装的密钥被改动 — 请使用未改动的副本"
        }
    }
}
