internal import Crypto
internal import FoundationEssentials
internal import Ledger
internal import Sealing
internal import Settings
internal import TerminalCore

extension AuditKey {
    private static let purpose = Data("kiosk-agent audit".utf8)
    private static let length = 32

    /// Drawn from the credential `data_key`, or from `client_secret` where there is none.
    init(_ settings: Settings) {
        self.init(drawnFrom: settings.ledger.dataKey ?? settings.platform.clientSecret)
    }

    /// The key from before there was a `data_key`, which its lines are checked with.
    static func former(_ settings: Settings) -> [AuditKey] {
        settings.ledger.dataKey == nil
            ? [] : [AuditKey(drawnFrom: settings.platform.clientSecret)]
    }

    private init(drawnFrom secret: Secret) {
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: Data(secret.exposed.utf8)), info: Self.purpose,
            outputByteCount: Self.length)
        self.init(key.withUnsafeBytes { Array($0) })
    }
}

extension CardSeal {
    /// Drawn from the credential `data_key`; nil where there is none.
    init?(_ settings: Settings) {
        guard let key = settings.ledger.dataKey else { return nil }
        self.init(dataKey: key.exposed)
    }
}

extension LedgerSettings {
    /// Less than a call to a platform takes, and long enough that a backlog's payments share their
    /// commits whatever the disk: without it a fast disk gives each of them its own.
    static let briefDelay = Duration.microseconds(700)

    /// The ledger as configured.
    init(
        _ settings: Settings, clock: any TerminalClock = SystemTerminalClock(),
        mirror: (any PaymentMirror)? = nil
    ) {
        self.init(
            path: settings.ledger.path, sequence: SeqGenerator(terminal: settings.terminal.id),
            platform: PlatformIdentity(settings), auditKey: AuditKey(settings),
            cardSeal: CardSeal(settings), recoveryKey: settings.ledger.recoveryKey, clock: clock,
            mirror: mirror)
        formerAuditKeys = AuditKey.former(settings)
        commitDelay = Self.briefDelay
    }
}

extension PlatformIdentity {
    /// The platform as configured.
    init(_ settings: Settings) {
        self.init(host: settings.platform.host, clientID: settings.platform.clientID)
    }
}
