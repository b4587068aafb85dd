internal import Crypto
internal import FoundationEssentials

/// What a terminal signs its journals with, made of its `client_secret`.
///
/// Whoever may act as the terminal at the platform may sign and check its journals, nobody else.
public struct JournalKey: Sendable {
    private static let purpose = "kiosk-agent journal"
    /// The bytes of a signature.
    static let macSize = 32

    private let key: SymmetricKey

    public init(clientSecret: String) {
        key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: Data(clientSecret.utf8)),
            info: Data(Self.purpose.utf8), outputByteCount: Self.macSize)
    }

    /// The signature of a line's text, which stands for every line before it as well.
    func mac(of text: [UInt8], after previous: [UInt8]) -> [UInt8] {
        var code = HMAC<SHA256>(key: key)
        code.update(data: previous)
        code.update(data: text)
        return Array(code.finalize())
    }

    /// Compares in constant time.
    func isMac(_ mac: [UInt8], of text: [UInt8], after previous: [UInt8]) -> Bool {
        let right = self.mac(of: text, after: previous)
        guard mac.count == right.count else { return false }
        return zip(mac, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
