internal import Crypto
internal import FoundationEssentials
public import TerminalCore

/// Writes card numbers so that only who has the data key can read them.
///
/// Under one key a number always gives the same text, so that a text finds its card in an index:
/// its nonce is a keyed hash of the number (HMAC-SHA256, 12 bytes), and AES-256-GCM encrypts under
/// it. Two numbers would have to share 96 bits of a hash to share a nonce; what a reader of the
/// file learns is which texts are of the same card, and how long its number is.
public struct CardSeal: Sendable {
    /// Begins each sealed text. No card number has this character.
    public static let mark: Character = "$"
    /// The longest text, in characters: that of ``CardNumber/lengthMax``.
    public static let textMax = 128

    private static let prefix = "\(mark)1\(mark)"
    /// The bytes of each key that is drawn.
    static let keySize = 32
    private static let nonceSize = 12
    private static let fingerprintSize = 8
    private static let bound = Data("kiosk-agent card 1".utf8)

    /// What the other keys are drawn from, and what is wrapped for a recovery.
    let key: SymmetricKey
    private let lookup: SymmetricKey
    private let sealing: SymmetricKey
    /// Tells keys apart without saying anything about them: 16 hex digits.
    public let fingerprint: String

    /// Drawn by HKDF-SHA256 from the credential `data_key`, which nobody must be able to guess.
    public init(dataKey: String) {
        self.init(Self.draw("kiosk-agent cards", from: SymmetricKey(data: Data(dataKey.utf8))))
    }

    init(_ key: SymmetricKey) {
        self.key = key
        lookup = Self.draw("kiosk-agent card lookup 1", from: key)
        sealing = Self.draw("kiosk-agent card sealing 1", from: key)
        let check = Self.draw("kiosk-agent card fingerprint 1", from: key)
        fingerprint = HexText.encode(
            check.withUnsafeBytes { Array($0.prefix(Self.fingerprintSize)) }, uppercase: false)
    }

    private static func draw(_ purpose: String, from key: SymmetricKey) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: key, info: Data(purpose.utf8), outputByteCount: keySize)
    }

    /// Whether `text` is a sealed one, by whatever key.
    public static func isSealed(_ text: String) -> Bool { text.first == mark }

    /// The sealed text of `card`, the same each time: `$1$` and base64.
    public func text(of card: CardNumber) -> String {
        let number = Data(card.exposed.utf8)
        let hash = HMAC<SHA256>.authenticationCode(for: number, using: lookup)
        guard let nonce = try? AES.GCM.Nonce(data: Data(hash.prefix(Self.nonceSize))),
            let box = try? AES.GCM.seal(
                number, using: sealing, nonce: nonce, authenticating: Self.bound),
            let bytes = box.combined
        else { preconditionFailure("AES-GCM takes every card number") }
        return Self.prefix + bytes.base64EncodedString()
    }

    /// The number in a text that ``text(of:)`` made.
    ///
    /// Throws ``CardSealError/unreadable`` when it was changed, or made with another key.
    public func number(of text: String) throws(CardSealError) -> CardNumber {
        guard text.hasPrefix(Self.prefix), text.utf8.count <= Self.textMax,
            let bytes = Data(base64Encoded: String(text.dropFirst(Self.prefix.count))),
            // Base64 has several texts for some bytes, and a lookup finds only one.
            Self.prefix + bytes.base64EncodedString() == text,
            let box = try? AES.GCM.SealedBox(combined: bytes),
            let number = try? AES.GCM.open(box, using: sealing, authenticating: Self.bound),
            let card = try? CardNumber(String(decoding: number, as: UTF8.self))
        else { throw .unreadable }
        return card
    }
}

extension CardSeal: CustomStringConvertible, CustomReflectable {
    /// Says nothing about the key.
    public var description: String { "****" }
    /// Hides the key from `dump`.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Why a sealed card cannot be read. No case holds any of it.
public enum CardSealError: Error, Hashable, Sendable {
    /// The text or the wrapped key was changed, or made with another key.
    case unreadable
}

extension CardSealError: CustomStringConvertible {
    /// What happened, why, and what to do.
    public var description: String {
        switch self {
        case .unreadable:
            "a card number cannot be read — it was changed, or sealed with another data_key — "
                + "use the key that it was sealed with"
        }
    }
}
