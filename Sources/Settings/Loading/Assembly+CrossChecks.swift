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
            warn("there is no operator token: operator calls are refused")
        }
        if let token = settings.api.operatorToken, !settings.platform.isLoopback,
            token.exposed.utf8.count < Self.tokenBytesMin
        {
            warn(
                "the operator token has fewer than \(Self.tokenBytesMin) bytes: a program on this "
                    + "machine can guess it — take a random one")
        }
        if settings.reader.source == .simulated && !settings.platform.isLoopback {
            warn("reader.source is simulated: any program on this machine can tap a card")
        }
    }

    /// The file of a card, when commands and slice fit together.
    mutating func cardFile(_ commands: [[UInt8]], _ slice: CardFile.Slice?) -> CardFile? {
        let keys = (apdus: Keys.Card.apdus.row, slice: Keys.Card.slice.row)
        if commands.isEmpty && isSound(keys.apdus) {
            object(
                keys.apdus, "is empty while card_number.source is apdu",
                "allowed: 1 to \(CardFile.commandsMax) commands in hex")
        }
        if slice == nil && isSound(keys.slice) {
            object(
                keys.slice, "is empty while card_number.source is apdu",
                "allowed: \(keys.slice.allowed)")
        }
        guard let slice, !commands.isEmpty, isSound(keys.apdus, keys.slice) else { return nil }
        guard slice.response <= commands.count else {
            object(
                keys.slice, "names response \(slice.response) of \(commands.count)",
                "allowed: response 1 to \(commands.count), one for each of card_number.apdus")
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
                deadline, "is shorter than platform.connect_timeout",
                "allowed: at least platform.connect_timeout")
        }
        let (least, most) = (Keys.Sync.retryMin.row, Keys.Sync.retryMax.row)
        if isSound(least, most), settings.sync.retryMin > settings.sync.retryMax {
            object(least, "is longer than sync.retry_max", "allowed: at most sync.retry_max")
        }
        let (keep, memory) = (Keys.Ledger.keep.row, Keys.Sync.orderMemory.row)
        if isSound(keep, memory), settings.ledger.keep < settings.sync.orderMemory {
            object(
                keep, "is shorter than sync.order_memory",
                "allowed: at least sync.order_memory, so that what may be asked about is here")
        }
    }

    private mutating func checkFixedMode(_ payment: Settings.PaymentRules) {
        let (amount, schedule) = (Keys.Payment.fixedAmount.row, Keys.Payment.schedule.row)
        guard payment.mode == .fixed, isSound(amount, schedule) else { return }
        if payment.fixedAmount == nil && payment.schedule.isEmpty {
            object(
                amount, "is null while payment.mode is fixed and payment.schedule is empty",
                "set an amount in fen, or a schedule")
        }
    }

    private mutating func checkMirror(_ ledger: Settings.Ledger) {
        let (mirror, required) = (Keys.Ledger.mirror.row, Keys.Ledger.mirrorRequired.row)
        guard ledger.mirrorRequired, ledger.mirror == nil, isSound(mirror, required) else { return }
        object(required, "is true without a ledger.mirror", "set ledger.mirror to a directory")
    }

    private mutating func checkPlaintext(_ settings: Settings) {
        let permission = Keys.Platform.allowPlaintext.row
        guard isSound(permission) else { return }
        if settings.platform.allowPlaintext {
            warn("platform.allow_plaintext is true: payments can be read and changed on the way")
            return
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
                key, "is plain http to another machine",
                "allowed: https://, or set platform.allow_plaintext: true")
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
                object(
                    key, at: place, "is a secret in the open",
                    "move it into a file \(key.credential ?? "") in $CREDENTIALS_DIRECTORY; "
                        + "only with a loopback platform.base_url may it stand here")
            }
        }
        for key in others where !sources.openPlaces(of: key).isEmpty {
            warn(
                "\(key.path) is a secret in the open: better a file \(key.credential ?? "") "
                    + "in $CREDENTIALS_DIRECTORY")
        }
    }
}
