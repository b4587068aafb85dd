internal import TerminalCore

extension CardError {
    /// What happened, why, and what to do.
    var phrase: Phrase { Phrase(en: description, zh: chinese) }

    private var chinese: String {
        switch self {
        case .unexpectedLength(let length):
            "卡片标识有 \(length) 字节 — ISO 14443-A 卡为 4、7 或 10 字节 — "
                + "请换一张卡，或使用 card_number.source: apdu"
        case .randomUID:
            "卡片给出随机标识 — 手机和隐私卡每次都会改变 — "
                + "请使用实体卡，或使用 card_number.source: apdu"
        case .truncatedUID: "读卡器只给出部分卡片标识 — 其固件会截断长标识 — 请升级或更换读卡器"
        case .status(let command, let word):
            "卡片对第 \(command) 条命令答复 \(String(word, radix: 16, uppercase: true))，而不是 9000 — "
                + "它是另一种卡，或需要其他命令 — 请检查 card_number"
        case .answerTooShort(let command, let length):
            "第 \(command) 条命令的应答只有 \(length) 字节 — 配置的切片超出其末尾 — "
                + "请检查 card_number.slice"
        case .undecodable(let what):
            "无法解码卡号：\(what) — 切片或其类型有误 — 请检查 card_number.slice"
        case .invalidNumber:
            "卡号无效 — 应为 1 至 64 个 A-Z a-z 0-9 . _ : - 字符 — 请检查 card_number 的设置"
        case .tooFewBytes(let wanted, let present):
            "卡片标识有 \(present) 字节，格式要求 \(wanted) 字节 — 它是另一种卡 — "
                + "请检查 card_number.bytes"
        case .removed: "卡片移开过早 — 读卡需要片刻 — 请保持不动直到出现提示"
        case .heldByOtherProgram:
            "另一个程序占用了卡片 — 同时只允许一个 — 请运行 kiosk-agent doctor"
        case .reader(let text):
            "读卡器故障：\(text) — 请检查读卡器的连线和指示灯 — 请运行 kiosk-agent doctor"
        }
    }
}
