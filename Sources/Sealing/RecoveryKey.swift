internal import Crypto
internal import FoundationEssentials

/// A public key of X25519, for which the key of the cards is wrapped: whoever holds the private
/// part opens what a dead terminal left, and nothing else of it.
public struct RecoveryKey: Sendable {
    /// How a public key stands in DER: what comes before its 32 bytes (RFC 8410, 4).
    private static let head: [UInt8] = [
        0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x6E, 0x03, 0x21, 0x00,
    ]
    private static let keySize = 32

    private let key: Curve25519.KeyAgreement.PublicKey

    /// Reads the 32 bytes as base64 or base64url, or PEM as `openssl pkey -pubout` writes it; nil
    /// for anything else.
    public init?(_ text: String) {
        guard let bytes = KeyText.bytes(text, "PUBLIC KEY") else { return nil }
        let isDER = bytes.starts(with: Self.head)
        self.init(bytes: bytes.dropFirst(isDER ? Self.head.count : 0))
    }

    /// Nil for a point that gives everybody the same secret, too.
    init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.keySize,
            let key = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: Data(bytes)),
            Self.givesSecrets(key)
        else { return nil }
        self.key = key
    }

    /// Points of low order give zeros, whoever asks; the library does not refuse them.
    private static func givesSecrets(_ key: Curve25519.KeyAgreement.PublicKey) -> Bool {
        let own = Curve25519.KeyAgreement.PrivateKey()
        guard let secret = try? own.sharedSecretFromKeyAgreement(with: key) else { return false }
        return secret.withUnsafeBytes { bytes in bytes.contains { $0 != 0 } }
    }

    /// The text for `ledger.recovery_key`: 43 characters of base64url.
    public var text: String { KeyText.urlSafe(Array(key.rawRepresentation)) }

    /// The key of `seal`, readable with the private key alone: HPKE (RFC 9180) with X25519,
    /// HKDF-SHA256 and ChaCha20-Poly1305, as base64. It differs each time.
    public func wrap(_ seal: CardSeal) -> String {
        guard
            var sender = try? HPKE.Sender(
                recipientKey: key, ciphersuite: Wrapping.suite, info: Wrapping.purpose),
            let sealed = try? sender.seal(seal.key.withUnsafeBytes { Data($0) })
        else { preconditionFailure("HPKE takes every key that gives a secret") }
        return (sender.encapsulatedKey + sealed).base64EncodedString()
    }
}

extension RecoveryKey: Hashable {
    public static func == (one: RecoveryKey, other: RecoveryKey) -> Bool { one.text == other.text }
    public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// The private part of a ``RecoveryKey``; it belongs into a safe, not on a terminal.
public struct RecoverySecret: Sendable {
    /// How a private key stands in DER: what comes before its 32 bytes (RFC 8410, 7).
    private static let head: [UInt8] = [
        0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x6E, 0x04, 0x22, 0x04,
        0x20,
    ]
    /// The bytes of a private key.
    public static let keySize = 32

    private let bytes: [UInt8]
    /// What goes into configurations.
    public let publicKey: RecoveryKey

    /// Takes 32 random bytes; nil for another number of them.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.keySize,
            let key = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: Data(bytes)),
            let publicKey = RecoveryKey(bytes: key.publicKey.rawRepresentation)
        else { return nil }
        (self.bytes, self.publicKey) = (bytes, publicKey)
    }

    /// Reads PEM as ``pem`` or `openssl genpkey -algorithm X25519` writes it; nil for anything
    /// else.
    public init?(pem: String) {
        guard pem.contains("-----"), let der = KeyText.bytes(pem, "PRIVATE KEY"),
            der.starts(with: Self.head)
        else { return nil }
        self.init(bytes: Array(der.dropFirst(Self.head.count)))
    }

    /// The private key as text for a file.
    public var pem: String {
        let body = Data(Self.head + bytes).base64EncodedString()
        return KeyText.begin("PRIVATE KEY") + "\n\(body)\n" + KeyText.end("PRIVATE KEY") + "\n"
    }

    /// What ``RecoveryKey/wrap(_:)`` wrapped.
    ///
    /// Throws ``CardSealError/unreadable`` when it was changed, or wrapped for another key.
    public func open(_ wrapped: String) throws(CardSealError) -> CardSeal {
        guard let data = Data(base64Encoded: wrapped), data.count > Wrapping.encapsulatedSize else {
            throw .unreadable
        }
        do {
            let key = try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: Data(bytes))
            var recipient = try HPKE.Recipient(
                privateKey: key, ciphersuite: Wrapping.suite, info: Wrapping.purpose,
                encapsulatedKey: Data(data.prefix(Wrapping.encapsulatedSize)))
            let opened = try recipient.open(Data(data.dropFirst(Wrapping.encapsulatedSize)))
            guard opened.count == CardSeal.keySize else { throw CardSealError.unreadable }
            return CardSeal(SymmetricKey(data: opened))
        } catch {
            throw .unreadable
        }
    }
}

extension RecoverySecret: CustomStringConvertible, CustomReflectable {
    /// Says nothing about the key.
    public var description: String { "****" }
    /// Hides the key from `dump`.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// How the key of the cards is wrapped.
private enum Wrapping {
    static var suite: HPKE.Ciphersuite { .Curve25519_SHA256_ChachaPoly }
    static let purpose = Data("kiosk-agent card key 1".utf8)
    /// The bytes of the ephemeral public key that stands first.
    static let encapsulatedSize = 32
}
