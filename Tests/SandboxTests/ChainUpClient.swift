import Crypto
import CryptoExtras
import FoundationEssentials
import Sandbox
import Testing

/// The client's side of ChainUp's seal, for these tests alone.
struct ChainUpClient: Sendable {
    private let own: _RSA.Signing.PrivateKey
    private let platform: _RSA.Signing.PublicKey

    /// `other` are keys that it signs with instead of its own.
    init(_ keys: ChainUpKeys, signing other: ChainUpKeys? = nil) throws {
        let secret = try #require((other ?? keys).clientPrivateKey)
        own = try _RSA.Signing.PrivateKey(derRepresentation: try Self.bytes(secret))
        platform = try _RSA.Signing.PublicKey(
            derRepresentation: try Self.bytes(keys.platformPublicKey))
    }

    /// The body of a call; `time` is the JSON of the member, `sign` nil is the right one.
    func body(
        _ inner: String, time: String, app: String = SandboxServer.testClientID,
        sign: String? = nil
    ) throws -> String {
        let key = try _RSA.Encryption.PublicKey(derRepresentation: platform.derRepresentation)
        let plain = Array(inner.utf8)
        var sealed = Data()
        for start in stride(from: 0, to: plain.count, by: 245) {
            let part = Array(plain[start..<min(start + 245, plain.count)])
            sealed.append(try key.encrypt(part, padding: ._WEAK_AND_INSECURE_PKCS_V1_5))
        }
        let signature = try own.signature(for: Self.md5(plain), padding: .insecurePKCS1v1_5)
        let sign = sign ?? Self.text(signature.rawRepresentation)
        return #"{"app_id":"\#(app)","time":\#(time),"data":"\#(Self.text(sealed))","#
            + #""sign":"\#(sign)"}"#
    }

    /// What is sealed in an answer, whose sign must be the platform's.
    func opened(_ answer: RawAnswer) throws -> [String: JSONValue] {
        let outer = try answer.json()
        let sealed = try Self.bytes(try #require(outer["data"]?.text))
        let sign = try Self.bytes(try #require(outer["sign"]?.text))
        let key = try _RSA.Encryption.PrivateKey(derRepresentation: own.derRepresentation)
        var plain: [UInt8] = []
        for start in stride(from: 0, to: sealed.count, by: 256) {
            let block = Array(sealed[start..<min(start + 256, sealed.count)])
            plain += try key.decrypt(block, padding: ._WEAK_AND_INSECURE_PKCS_V1_5)
        }
        let signature = _RSA.Signing.RSASignature(rawRepresentation: sign)
        try #require(
            platform.isValidSignature(
                signature, for: Self.md5(plain), padding: .insecurePKCS1v1_5))
        return try JSONDecoder().decode(JSONValue.self, from: Data(plain)).object
    }

    private static func md5(_ plain: [UInt8]) -> [UInt8] {
        let digits = Insecure.MD5.hash(data: plain).map { byte in
            byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16)
        }
        return Array(digits.joined().utf8)
    }

    private static func text(_ data: Data) -> String {
        data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }

    private static func bytes(_ text: String) throws -> [UInt8] {
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - plain.count % 4) % 4)
        return Array(try #require(Data(base64Encoded: plain + padding)))
    }
}
