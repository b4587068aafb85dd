internal import Crypto
internal import FoundationEssentials

/// The key of the audit chain. Without it no line of history can be made that looks genuine.
public struct AuditKey: Sendable {
    /// How much of an HMAC is kept, in bytes.
    static let hashLength = 16
    private static let fingerprintLength = 8

    /// An HMAC that has taken in the key and nothing else: that is half the work of a short line.
    private let begun: HMAC<SHA256>

    /// `bytes` are secret: at least 16 that nobody can guess.
    public init(_ bytes: [UInt8]) {
        precondition(bytes.count >= 16)
        begun = HMAC(key: SymmetricKey(data: bytes))
    }

    /// HMAC-SHA256 of `message`, its first 16 bytes.
    func sign(_ message: some DataProtocol) -> Data {
        var code = begun
        code.update(data: message)
        return code.finalize().withUnsafeBytes { bytes in
            Data(UnsafeRawBufferPointer(rebasing: bytes.prefix(Self.hashLength)))
        }
    }

    /// Tells keys apart without saying anything about them.
    var fingerprint: Data {
        sign(Data("kiosk-agent audit key".utf8)).prefix(Self.fingerprintLength)
    }
}

extension AuditKey: CustomStringConvertible, CustomReflectable {
    /// Says nothing about the key.
    public var description: String { "****" }
    /// Hides the key from `dump`.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
