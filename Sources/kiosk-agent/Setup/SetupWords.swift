internal import Settings
internal import TerminalCore

/// What setup asks and says, in the language that its first question chose.
struct SetupWords {
    let intro: String
    let id: String
    let name: String
    let address: String
    let plaintext: String
    let unreached: String
    let clientID: String
    let secret: String
    let asking: String
    let works: String
    let wrongClock: String
    let unasked: String
    let noReader: String
    let reader: String
    let withoutReader: String
    let tap: String
    let noTap: String
    let printed: String
    let several: String
    let unknownNumber: String
    let paymentLimit: String
    let cardLimit: String
    let totalLimit: String
    let noAmount: String
    let recoveryHow: String
    let recoveryKey: String
    let noRecovery: String
    let write: String

    static func of(_ language: Settings.Terminal.Language) -> SetupWords {
        switch language {
        case .zh: zh
        case .en: en
        }
    }

    static let en = SetupWords(
        intro: "Each answer is checked at once; nothing is written before the end.",
        id: "Terminal id, 1-12 letters and digits, unique at this site",
        name: "What people call this terminal",
        address: "Address of the platform",
        plaintext: "Without https everybody on the way can read and change payments. Permit it",
        unreached: "No network yet? Take the address unproven, as setup --offline does",
        clientID: "Client id that the platform gave this terminal",
        secret: "the client secret (it is not shown)",
        asking: "asking the platform for a token ...",
        works: "the platform knows this terminal",
        wrongClock: "Certificates and reports need the right time. Keep this clock (n looks again)",
        unasked: "--offline: the platform was not asked, address and secret are unproven",
        noReader: "pcscd sees no card reader now",
        reader: "Reader: its number, a pattern of names, or simulated for trials",
        withoutReader: "No reader that is plugged in matches. Take it all the same",
        tap: "Hold a card to the reader (without a card within 60 s the question is skipped)",
        noTap: "no card number was read; card_number stays as it is, see kiosk-agent read",
        printed: "The line or the number that is printed on the card, - for none",
        several: "Several formats write this card so. Tap another card to tell them apart",
        unknownNumber: "no common format writes this card so — type it as it is printed, or -",
        paymentLimit: "Offline, one payment at most, in yuan",
        cardLimit: "Offline, one card at most, in yuan",
        totalLimit: "Offline, this terminal at most, in yuan",
        noAmount: "this is no amount — it must be yuan such as 12.50 — type it again",
        recoveryHow: """
            Card numbers are stored encrypted with a key of this terminal. A second key, whose \
            private half stays in a safe, opens them when the board is dead. One pair is enough \
            for a site; make it on another machine:
              openssl genpkey -algorithm X25519 -out recovery.pem
              openssl pkey -in recovery.pem -pubout -out recovery.pub
            """,
        recoveryKey: "The public half: its file (recovery.pub) or its text, - for none",
        noRecovery: "no recovery key: what waits here unforwarded is lost with the board",
        write: "Write all of it")

    static let zh = SetupWords(
        intro: "每个回答都会立即检查；最后确认之前不写入任何文件。",
        id: "终端编号（1-12 位字母或数字，本站点内唯一）",
        name: "终端名称",
        address: "平台地址",
        plaintext: "不使用 https 时，途中任何人都能读取和篡改支付。仍然允许",
        unreached: "还没有网络？不经验证使用该地址（同 setup --offline）",
        clientID: "平台分配给本终端的 client id",
        secret: "客户端密钥 client secret（不显示）",
        asking: "正在向平台申请令牌 ...",
        works: "平台已确认本终端",
        wrongClock: "证书和报表需要正确的时间。仍用此时钟（n 重新检查）",
        unasked: "--offline：未询问平台，地址和密钥未经验证",
        noReader: "pcscd 目前没有发现读卡器",
        reader: "读卡器：序号、名称通配符，或 simulated（仅供试用）",
        withoutReader: "没有已插入的读卡器与之匹配。仍然使用",
        tap: "请将卡片放在读卡器上（60 秒内无卡则跳过）",
        noTap: "没有读到卡号；card_number 保持不变，见 kiosk-agent read",
        printed: "卡面印刷的号码或其行号，没有则输入 -",
        several: "有多种格式得到同一号码。再刷另一张卡以区分",
        unknownNumber: "没有常用格式得到此号码 — 请按卡面输入，或输入 -",
        paymentLimit: "离线单笔限额（元）",
        cardLimit: "离线单卡限额（元）",
        totalLimit: "离线终端总限额（元）",
        noAmount: "不是金额 — 应为元，例如 12.50 — 请重新输入",
        recoveryHow: """
            卡号用本终端的密钥加密保存。另有一对恢复密钥：私钥锁在保险柜里，主板损坏后用它打开卡号。\
            一个站点一对即可，请在另一台机器上生成：
              openssl genpkey -algorithm X25519 -out recovery.pem
              openssl pkey -in recovery.pem -pubout -out recovery.pub
            """,
        recoveryKey: "恢复公钥：文件（recovery.pub）或其文本，没有则输入 -",
        noRecovery: "没有恢复密钥：主板损坏时，尚未上传的交易将丢失",
        write: "写入以上全部设置")
}
