internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials

/// How ChainUp's messages are sealed: encrypted for their reader, signed by their writer.
///
/// RSA with PKCS#1 v1.5 throughout, as the platform wants it: the text is cut into blocks for the
/// encryption, and what is signed is the MD5 of the plain text, in lower-case hex.
public struct RSASeal: Sendable {
    /// A message as it stands in a request or an answer, both parts in base64.
    public struct Sealed: Hashable, Sendable {
        public var data: String
        public var sign: String

        public init(data: String, sign: String) {
            self.data = data
            self.sign = sign
        }
    }

    private let ours: _RSA.Signing.PrivateKey
    private let theirs: _RSA.Signing.PublicKey
    private let theirName: String

    /// Bytes of a block that the padding takes.
    private static let padding = 11

    /// Keys of at least 2048 bits as base64url or PEM: theirs as X.509 SPKI, ours as PKCS#8.
    /// Throws ``TokenError/badKey(_:)`` with the name of the key that is none.
    public init(
        theirKey: String, theirName: String, ourKey: Secret, ourName: String
    ) throws(TokenError) {
        guard let their = RSAKeyText.der(theirKey),
            let theirs = try? _RSA.Signing.PublicKey(derRepresentation: their)
        else { throw .badKey(theirName) }
        guard let our = RSAKeyText.der(ourKey.exposed),
            let ours = try? _RSA.Signing.PrivateKey(derRepresentation: our)
        else { throw .badKey(ourName) }
        self.theirs = theirs
        self.theirName = theirName
        self.ours = ours
    }

    /// Encrypts `plain` for the platform and signs it as us.
    func seal(_ plain: [UInt8]) throws(TokenError) -> Sealed {
        do {
            let key = try _RSA.Encryption.PublicKey(derRepresentation: theirs.derRepresentation)
            let size = key.keySizeInBits / 8 - Self.padding
            var data: [UInt8] = []
            for start in stride(from: 0, to: plain.count, by: size) {
                let block = Data(plain[start..<min(start + size, plain.count)])
                data += try key.encrypt(block, padding: ._WEAK_AND_INSECURE_PKCS_V1_5)
            }
            let sign = try ours.signature(for: Self.signed(plain), padding: .insecurePKCS1v1_5)
            return Sealed(
                data: Base64Text.encodeURLSafe(data),
                sign: Base64Text.encodeURLSafe(sign.rawRepresentation))
        } catch {
            throw .badKey(theirName)
        }
    }

    /// The plain text of a message to us; throws ``TokenError/badSignature`` unless it is whole and
    /// the platform's.
    func open(_ sealed: Sealed) throws(TokenError) -> [UInt8] {
        guard let data = Base64Text.decode(sealed.data), let sign = Base64Text.decode(sealed.sign),
            let plain = try? decrypt(data)
        else { throw .badSignature }
        let signature = _RSA.Signing.RSASignature(rawRepresentation: sign)
        guard
            theirs.isValidSignature(
                signature, for: Self.signed(plain), padding: .insecurePKCS1v1_5)
        else { throw .badSignature }
        return plain
    }

    private func decrypt(_ data: [UInt8]) throws -> [UInt8] {
        let key = try _RSA.Encryption.PrivateKey(derRepresentation: ours.derRepresentation)
        let size = key.keySizeInBits / 8
        guard !data.isEmpty, data.count % size == 0 else { throw TokenError.badSignature }
        var plain: [UInt8] = []
        for start in stride(from: 0, to: data.count, by: size) {
            plain += try key.decrypt(
                Data(data[start..<(start + size)]), padding: ._WEAK_AND_INSECURE_PKCS_V1_5)
        }
        return plain
    }

    /// The bytes that are signed in the place of `plain`.
    private static func signed(_ plain: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return Insecure.MD5.hash(data: plain).flatMap { byte in
            [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
}
