internal import Crypto
internal import FoundationEssentials

/// Refresh tokens that outlive the process: one file for each identity, encrypted.
///
/// Everything else lives in memory only. The key is drawn from a credential, so that a copied disk
/// alone opens nothing; the identity is part of the seal, so that a file opens for its own only.
public struct TokenVault: Sendable {
    /// What is kept of a token.
    public struct Kept: Hashable, Sendable {
        public var refresh: Secret
        /// The last token, for platforms that want it with a refresh.
        public var access: Secret?
        /// Whose it is.
        public var subject: String?

        public init(refresh: Secret, access: Secret? = nil, subject: String? = nil) {
            self.refresh = refresh
            self.access = access
            self.subject = subject
        }
    }

    private static let purpose = "kiosk-agent tokens"
    /// Longer than any file of this kind, in bytes.
    private static let bytesMax = 65_536

    private let directory: String
    private let key: SymmetricKey

    /// `directory` is made when it is missing, `secret` is the credential `data_key`.
    public init(directory: String, secret: Secret) {
        self.directory = directory
        key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: Data(secret.exposed.utf8)),
            info: Data(Self.purpose.utf8), outputByteCount: 32)
    }

    /// Keeps a token in the place of the last one. It is on the medium when this returns.
    public func keep(_ kept: Kept, for identity: String) throws(VaultError) {
        let path = self.path(identity)
        let record = Record(
            refresh: kept.refresh.exposed, access: kept.access?.exposed, subject: kept.subject)
        guard let plain = try? JSONEncoder().encode(record),
            let box = try? ChaChaPoly.seal(plain, using: key, authenticating: Self.bound(identity))
        else { throw .cannotWrite(path, why: "it cannot be encrypted") }
        try PrivateFile.makeDirectory(directory)
        try PrivateFile.write(Array(box.combined), to: path)
    }

    /// The token that was kept last; nil when there is none.
    public func kept(for identity: String) throws(VaultError) -> Kept? {
        let path = self.path(identity)
        guard let bytes = try PrivateFile.read(path, bytesMax: Self.bytesMax) else { return nil }
        guard let box = try? ChaChaPoly.SealedBox(combined: bytes),
            let plain = try? ChaChaPoly.open(
                box, using: key, authenticating: Self.bound(identity)),
            let record = try? JSONDecoder().decode(Record.self, from: plain)
        else { throw .cannotOpen(path) }
        return Kept(
            refresh: Secret(record.refresh), access: record.access.map(Secret.init),
            subject: record.subject)
    }

    /// The file's name tells neither client nor platform.
    private func path(_ identity: String) -> String {
        let digest = SHA256.hash(data: Self.bound(identity)).prefix(16)
        let name = digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
        return directory + "/" + name.joined() + ".token"
    }

    private static func bound(_ identity: String) -> Data {
        Data((purpose + "\n" + identity).utf8)
    }

    private struct Record: Codable {
        var refresh: String
        var access: String?
        var subject: String?
    }
}

/// Why a token cannot be kept or found again.
public enum VaultError: Error, Hashable, Sendable {
    /// The file, and the system's words.
    case cannotWrite(String, why: String)
    case cannotRead(String, why: String)
    /// Another key, or bytes that were changed.
    case cannotOpen(String)
}

extension VaultError: CustomStringConvertible {
    /// What happened, why, and what to do.
    public var description: String {
        switch self {
        case .cannotWrite(let path, let why):
            "the token cannot be kept — \(path): \(why) — run it as the agent's user"
        case .cannotRead(let path, let why):
            "the kept token cannot be read — \(path): \(why) — run it as the agent's user"
        case .cannotOpen(let path):
            "the kept token cannot be opened — \(path) was changed, or data_key is another one — "
                + "get a new one"
        }
    }
}
