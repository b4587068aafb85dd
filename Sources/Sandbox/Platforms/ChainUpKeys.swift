internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials

/// ChainUp's two pairs of RSA keys, and what is sealed and signed with them.
///
/// Made here a second time and without the agent's code, so that an error in one of the two shows.
public struct ChainUpKeys: Sendable {
    /// Why something sealed cannot be opened.
    public enum Trouble: Error, Hashable, Sendable {
        /// It is not base64, not whole blocks, or for another key.
        case unreadable
        /// Its sign is not the client's over this content.
        case wrongSign
    }

    /// What PKCS#1 v1.5 adds to each block, in bytes (RFC 8017 §7.2).
    static let paddingBytes = 11

    private let platform: _RSA.Signing.PrivateKey
    private let clientPublic: _RSA.Signing.PublicKey
    /// Nil when only the public part was given.
    private let client: _RSA.Signing.PrivateKey?

    /// Makes both pairs, of 2048 bits; takes some tenths of a second.
    ///
    /// They are the one thing that does not come from the sandbox's seed. Throws
    /// ``SandboxError/keyUnusable(_:)``.
    public static func made() throws(SandboxError) -> ChainUpKeys {
        do {
            let client = try _RSA.Signing.PrivateKey(keySize: .bits2048)
            let platform = try _RSA.Signing.PrivateKey(keySize: .bits2048)
            return ChainUpKeys(
                platform: platform, clientPublic: client.publicKey, client: client)
        } catch {
            throw .keyUnusable("it cannot be made: \(error)")
        }
    }

    /// The platform's public key for the client: X.509 SPKI, base64url.
    public var platformPublicKey: String {
        Base64URL.encode(platform.publicKey.derRepresentation)
    }

    /// The client's private key: PKCS#8, base64url; nil when it was not made here.
    public var clientPrivateKey: String? {
        client.map { Base64URL.encode($0.pkcs8DERRepresentation) }
    }
}

extension ChainUpKeys {
    /// Given keys, as PEM or as base64 of DER, of 2048 bits or more: the platform's private and
    /// the client's public one.
    ///
    /// Throws ``SandboxError/keyUnusable(_:)``.
    public init(platformPrivateKey: String, clientPublicKey: String) throws(SandboxError) {
        guard let der = Self.der(platformPrivateKey),
            let platform = try? _RSA.Signing.PrivateKey(derRepresentation: der)
        else { throw .keyUnusable("the platform's private key cannot be read") }
        guard let publicDER = Self.der(clientPublicKey),
            let client = try? _RSA.Signing.PublicKey(derRepresentation: publicDER)
        else { throw .keyUnusable("the client's public key cannot be read") }
        self.init(platform: platform, clientPublic: client, client: nil)
    }

    /// The bytes in PEM or in plain base64, of either alphabet; nil when there are none.
    private static func der(_ text: String) -> [UInt8]? {
        let lines = text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("-----") }
        let bytes = Base64URL.decode(lines.joined(separator: "").filter { !$0.isWhitespace })
        return bytes.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The plain bytes of what the client sealed and signed.
    public func open(data: String, sign: String) throws(Trouble) -> [UInt8] {
        let blockBytes = platform.keySizeInBits / 8
        guard let sealed = Base64URL.decode(data), !sealed.isEmpty,
            sealed.count % blockBytes == 0,
            let key = try? _RSA.Encryption.PrivateKey(derRepresentation: platform.derRepresentation)
        else { throw .unreadable }
        var plain: [UInt8] = []
        for start in stride(from: 0, to: sealed.count, by: blockBytes) {
            let block = Array(sealed[start..<start + blockBytes])
            guard let part = try? key.decrypt(block, padding: ._WEAK_AND_INSECURE_PKCS_V1_5)
            else { throw .unreadable }
            plain += part
        }
        guard let raw = Base64URL.decode(sign),
            clientPublic.isValidSignature(
                _RSA.Signing.RSASignature(rawRepresentation: raw), for: Self.signed(plain),
                padding: .insecurePKCS1v1_5)
        else { throw .wrongSign }
        return plain
    }

    /// Seals plain bytes for the client and signs them; throws what the cryptography throws.
    func seal(_ plain: [UInt8]) throws -> (data: String, sign: String) {
        let key = try _RSA.Encryption.PublicKey(derRepresentation: clientPublic.derRepresentation)
        let partBytes = clientPublic.keySizeInBits / 8 - Self.paddingBytes
        var sealed = Data()
        for start in stride(from: 0, to: plain.count, by: partBytes) {
            let part = Array(plain[start..<min(start + partBytes, plain.count)])
            sealed.append(try key.encrypt(part, padding: ._WEAK_AND_INSECURE_PKCS_V1_5))
        }
        let signature = try platform.signature(
            for: Self.signed(plain), padding: .insecurePKCS1v1_5)
        return (Base64URL.encode(sealed), Base64URL.encode(signature.rawRepresentation))
    }

    /// What is signed: the 32 characters of the MD5.
    private static func signed(_ plain: [UInt8]) -> [UInt8] { Array(md5Hex(plain).utf8) }
}
