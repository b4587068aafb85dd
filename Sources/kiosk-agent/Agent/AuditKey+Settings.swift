internal import Crypto
internal import FoundationEssentials
internal import Ledger
internal import Settings

extension AuditKey {
    private static let purpose = Data("kiosk-agent audit".utf8)
    private static let length = 32

    /// Drawn from the credential `data_key`, or from `client_secret` where there is none.
    init(_ settings: Settings) {
        let secret = settings.ledger.dataKey ?? settings.platform.clientSecret
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: Data(secret.exposed.utf8)), info: Self.purpose,
            outputByteCount: Self.length)
        self.init(key.withUnsafeBytes { Array($0) })
    }
}
