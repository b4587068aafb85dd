internal import TerminalCore

extension Assembly {
    /// The local interface takes some 100 tries a second: 16 random letters outlast all of them.
    private static let tokenBytesMin = 16

    /// Checks what no key can know alone; keys that are wrong in themselves are left out.
    mutating func crossCheck(_ settings: Settings) {
        checkTimes(settings)
        checkFixedMode(settings.payment)
        checkMirror(settings.ledger)
        checkPlaintext(settings)
        checkSecrets(settings.platform)
        if settings.api.operatorToken == nil && isSound(Keys.API.operatorToken.row) {
            warn(
                Phrase(
                    en: "there is no operator token: operator calls are refused",
                    zh: "没有操作员令牌：操作员请求会被拒绝"))
        }
        if let token = settings.api.operatorToken, !settings.platform.isLoopback,
            token.exposed.utf8.count < Self.tokenBytesMin
        {
            warn(
                Phrase(
                    en: "the operator token has fewer than \(Self.tokenBytesMin) bytes: a program "
                        + "on this machine can guess it — take a random one",
                    zh: "操作员令牌不足 \(Self.tokenBytesMin) 字节：本机上的程序可能猜出它 — 请使用随机令牌"))
        }
        if settings.reader.source == .simulated && !settings.platform.isLoopback {
            warn(
                Phrase(
                    en: "reader.source is simulated: any program on this machine can tap a card",
                    zh: "reader.source 为 simulated：本机上的任何程序都可以刷卡"))
        }
    }

    /// The file of a card, when commands and slice fit together.
    mutating func cardFile(_ commands: [[UInt8]], _ slice: CardFile.Slice?) -> CardFile? {
        let keys = (apdus: Keys.Card.apdus.row, slice: Keys.Card.slice.row)
        if commands.isEmpty && isSound(keys.apdus) {
            object(
                keys.apdus, Self.emptyForAPDU,
                .allowed(
                    Phrase(
                        en: "1 to \(CardFile.commandsMax) commands in hex",
                        zh: "1 至 \(CardFile.commandsMax) 条十六进制命令")))
        }
        if slice == nil && isSound(keys.slice) {
            object(keys.slice, Self.emptyForAPDU, .allowed(keys.slice.allowed))
        }
        guard let slice, !commands.isEmpty, isSound(keys.apdus, keys.slice) else { return nil }
        guard slice.response <= commands.count else {
            object(
                keys.slice,
                Phrase(
                    en: "names response \(slice.response) of \(commands.count)",
                    zh: "指定了第 \(slice.response) 个应答，共 \(commands.count) 个"),
                .allowed(
                    Phrase(
                        en: "response 1 to \(commands.count), one for each of card_number.apdus",
                        zh: "response 1 至 \(commands.count)，与 card_number.apdus 逐一对应")))
            return nil
        }
        return CardFile(commands: commands, slice: slice)
    }

    private mutating func checkTimes(_ settings: Settings) {
        let deadline = Keys.Platform.decisionDeadline.row
        let connect = Keys.Platform.connectTimeout.row
        if isSound(deadline, connect),
            settings.platform.decisionDeadline < settings.platform.connectTimeout
        {
            object(
                deadline,
                Phrase(
                    en: "is shorter than platform.connect_timeout",
                    zh: "短于 platform.connect_timeout"),
                .allowed(
                    Phrase(
                        en: "at least platform.connect_timeout",
                        zh: "不短于 platform.connect_timeout")))
        }
        let (least, most) = (Keys.Sync.retryMin.row, Keys.Sync.retryMax.row)
        if isSound(least, most), settings.sync.retryMin > settings.sync.retryMax {
            object(
                least, Phrase(en: "is longer than sync.retry_max", zh: "长于 sync.retry_max"),
                .allowed(Phrase(en: "at most sync.retry_max", zh: "不长于 sync.retry_max")))
        }
        let (keep, memory) = (Keys.Ledger.keep.row, Keys.Sync.orderMemory.row)
        if isSound(keep, memory), settings.ledger.keep < settings.sync.orderMemory {
            object(
                keep,
                Phrase(en: "is shorter than sync.order_memory", zh: "短于 sync.order_memory"),
                .allowed(
                    Phrase(
                        en: "at least sync.order_memory, so that what may be asked about is here",
                        zh: "不短于 sync.order_memory，以便可能被问到的记录仍在本机")))
        }
    }

    private mutating func checkFixedMode(_ payment: Settings.PaymentRules) {
        let (amount, schedule) = (Keys.Payment.fixedAmount.row, Keys.Payment.schedule.row)
        guard payment.mode == .fixed, isSound(amount, schedule) else { return }
        if payment.fixedAmount == nil && payment.schedule.isEmpty {
            object(
                amount,
                Phrase(
                    en: "is null while payment.mode is fixed and payment.schedule is empty",
                    zh: "为 null，而 payment.mode 为 fixed 且 payment.schedule 为空"),
                Phrase(en: "set an amount in fen, or a schedule", zh: "请设置金额（分）或时段表"))
        }
    }

    private mutating func checkMirror(_ ledger: Settings.Ledger) {
        let (mirror, required) = (Keys.Ledger.mirror.row, Keys.Ledger.mirrorRequired.row)
        guard ledger.mirrorRequired, ledger.mirror == nil, isSound(mirror, required) else { return }
        object(
            required,
            Phrase(en: "is true without a ledger.mirror", zh: "为 true，但没有 ledger.mirror"),
            Phrase(en: "set ledger.mirror to a directory", zh: "请将 ledger.mirror 设为目录"))
    }

    private mutating func checkPlaintext(_ settings: Settings) {
        let permission = Keys.Platform.allowPlaintext.row
        guard isSound(permission) else { return }
        if settings.platform.allowPlaintext {
            return warn(
                Phrase(
                    en: "platform.allow_plaintext is true: payments can be read and changed on "
                        + "the way",
                    zh: "platform.allow_plaintext 为 true：交易在途中可被读取和篡改"))
        }
        let others = settings.otherPlatforms
        let addresses = [
            (Keys.Platform.baseURL.row, settings.platform.baseURL),
            (Keys.ChainUp.baseURL.row, others.chainup.baseURL ?? ""),
            (Keys.TF56.baseURL.row, others.tf56.baseURL),
            (Keys.RealShark.baseURL.row, others.realshark.baseURL),
        ]
        for (key, text) in addresses where isSound(key) {
            guard let address = try? WebAddress(text), !address.isEncrypted,
                !address.host.isLoopback
            else { continue }
            object(
                key,
                Phrase(
                    en: "is plain http to another machine", zh: "以明文 http 连接另一台机器"),
                .allowed(
                    Phrase(
                        en: "https://, or set platform.allow_plaintext: true",
                        zh: "https://，或设置 platform.allow_plaintext: true")))
        }
    }

    /// The terminal's own secrets belong into credential files, unless the platform is a sandbox.
    private mutating func checkSecrets(_ platform: Settings.Platform) {
        let own = [
            Keys.Platform.clientSecret.row, Keys.Ledger.dataKey.row, Keys.API.operatorToken.row,
        ]
        let others = [
            Keys.ChainUp.privateKey.row, Keys.TF56.clientSecret.row, Keys.RealShark.appSecret.row,
        ]
        for key in own where isSound(Keys.Platform.baseURL.row) {
            for place in sources.openPlaces(of: key) where !platform.isLoopback {
                object(key, at: place, .isOpenSecret, Self.moveAway(key.credential ?? ""))
            }
        }
        for key in others where !sources.openPlaces(of: key).isEmpty {
            let name = key.credential ?? ""
            warn(
                Phrase(
                    en: "\(key.path) is a secret in the open: better a file \(name) "
                        + "in $CREDENTIALS_DIRECTORY",
                    zh: "\(key.path) 是明文的密钥：最好放入 $CREDENTIALS_DIRECTORY 中的文件 \(name)"))
        }
    }

    private static let emptyForAPDU = Phrase(
        en: "is empty while card_number.source is apdu",
        zh: "为空，而 card_number.source 为 apdu")

    private static func moveAway(_ name: String) -> Phrase {
        Phrase(
            en: "move it into a file \(name) in $CREDENTIALS_DIRECTORY; "
                + "only with a loopback platform.base_url may it stand here",
            zh: "请移到 $CREDENTIALS_DIRECTORY 中的文件 \(name)；"
                + "只有 platform.base_url 为本机环回地址时才可写在此处")
    }
}
