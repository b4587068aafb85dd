internal import ArgumentParser
internal import FoundationEssentials
internal import Sealing
internal import Settings

/// The keys of another terminal's file, each in a file of its own that is told by its content.
struct KeyOption: ParsableArguments {
    @Option(
        name: .customLong("key"),
        help: ArgumentHelp(
            """
            A file with a key: the client_secret of the file's terminal, unless that is this one's \
            own, or the private key of its ledger.recovery_key, which opens its card numbers; \
            repeatable.
            """))
    var files: [String] = []

    /// What the files hold.
    struct Keys {
        /// The `client_secret`; nil takes this terminal's own.
        var secret: Secret?
        var recovery: RecoverySecret?
    }

    /// The longest key, in bytes.
    private static let bytesMax = 4_096

    /// Reads the files; throws a ``CommandFailure`` unless each is one key of its kind.
    func read() throws -> Keys {
        var keys = Keys()
        for file in files {
            let text = try Self.text(of: file)
            let isPEM = text.contains("-----BEGIN")
            guard isPEM ? keys.recovery == nil : keys.secret == nil else {
                throw CommandFailure(
                    .usage,
                    "\(file) is one key too many — another file is of the same kind — give one "
                        + "client_secret and one private key at most")
            }
            if isPEM {
                keys.recovery = try Self.recovery(text, file)
            } else {
                keys.secret = try Self.secret(text, file)
            }
        }
        return keys
    }

    private static func text(of file: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: file), data.count <= bytesMax else {
            throw CommandFailure(
                .data, "the key cannot be read — \(file) is missing, or no key — check --key")
        }
        return String(decoding: data, as: UTF8.self)
    }

    private static func secret(_ text: String, _ file: String) throws -> Secret {
        let secret = text.filter { !$0.isNewline && $0 != " " && $0 != "\t" }
        guard !secret.isEmpty else {
            throw CommandFailure(.data, "the key is empty — \(file) holds nothing — check --key")
        }
        return Secret(secret)
    }

    private static func recovery(_ text: String, _ file: String) throws -> RecoverySecret {
        if let secret = RecoverySecret(pem: text) { return secret }
        var (why, remedy) = ("it is no private key of X25519", "give another file")
        if text.contains("ENCRYPTED PRIVATE KEY") {
            (why, remedy) = ("it is encrypted", "decrypt it: openssl pkey -in \(file) -out PLAIN")
        } else if text.contains("PUBLIC KEY") {
            (why, remedy) = ("it is the public one", "give the private one of the pair")
        }
        throw CommandFailure(.data, "the key \(file) opens nothing — \(why) — \(remedy)")
    }
}
