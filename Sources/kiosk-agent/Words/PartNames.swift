internal import TerminalCore

/// What the doctor looks at; the raw values are the words of `--json`.
enum Part: String, Encodable {
    case pcscd, reader
    case cards
    case cardAccess = "card access"
    case usb = "usb reader"
    case clock, configuration, secrets, disk, agent, ledger, mirror, scanner, platform
    case inDoubt = "in doubt"
    case lostList = "lost list"
    case operatorToken = "operator token"

    /// For people.
    var name: Phrase {
        switch self {
        case .pcscd: Phrase(verbatim: rawValue)
        case .reader: Phrase(en: "reader", zh: "读卡器")
        case .cards: Phrase(en: "cards", zh: "卡号")
        case .cardAccess: Phrase(en: "card access", zh: "卡片访问")
        case .usb: Phrase(en: "usb reader", zh: "USB 读卡器")
        case .clock: Phrase(en: "clock", zh: "时钟")
        case .configuration: Phrase(en: "configuration", zh: "配置")
        case .secrets: Phrase(en: "secrets", zh: "密钥")
        case .disk: Phrase(en: "disk", zh: "磁盘")
        case .agent: Phrase(en: "agent", zh: "终端程序")
        case .ledger: Phrase(en: "ledger", zh: "账本")
        case .mirror: Phrase(en: "mirror", zh: "镜像")
        case .scanner: Phrase(en: "scanner", zh: "扫码器")
        case .platform: Phrase(en: "platform", zh: "平台")
        case .inDoubt: Phrase(en: "in doubt", zh: "存疑款项")
        case .lostList: Phrase(en: "lost list", zh: "挂失名单")
        case .operatorToken: Phrase(en: "operator token", zh: "操作员令牌")
        }
    }
}
