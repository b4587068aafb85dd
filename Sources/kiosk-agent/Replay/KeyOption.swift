internal import ArgumentParser
internal import FoundationEssentials
internal import Sealing
internal import Settings
internal import TerminalCore

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
                    Phrase(
                        en: "\(file) is one key too many — another file is of the same kind — "
                            + "give one client_secret and one private key at most",
                        zh: "\(file) 是多余的密钥 — 另一个文件是同一类 — "
                            + "至多给出一个 client_secret 和一个私钥"))
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
                .data,
                Phrase(
                    en: "the key cannot be read — \(file) is missing, or no key — check --key",
                    zh: "无法读取密钥 — \(file) 不存在或不是密钥 — 请检查 --key"))
        }
        return String(decoding: data, as: UTF8.self)
    }

    private static func secret(_ text: String, _ file: String) throws -> Secret {
        let secret = text.filter { !$0.isNewline && $0 != " " && $0 != "\t" }
        guard !secret.isEmpty else {
            throw CommandFailure(
                .data,
                Phrase(
                    en: "the key is empty — \(file) holds nothing — check --key",
                    zh: "密钥为空 — \(file) 没有内容 — 请检查 --key"))
        }
        return Secret(secret)
    }

    private static func recovery(_ text: String, _ file: String) throws -> RecoverySecret {
        if let secret = RecoverySecret(pem: text) { return secret }
        throw CommandFailure(.data, whyUseless(text, file))
    }

    private static func whyUseless(_ text: String, _ file: String) -> Phrase {
        if text.contains("ENCRYPTED PRIVATE KEY") {
            return Phrase(
                en: "the key \(file) opens nothing — it is encrypted — "
                    + "decrypt it: openssl pkey -in \(file) -out PLAIN",
                zh: "密钥 \(file) 无法使用 — 它是加密的 — "
                    + "请解密：openssl pkey -in \(file) -out PLAIN")
        }
        if text.contains("PUBLIC KEY") {
            return Phrase(
                en: "the key \(file) opens nothing — it is the public one — "
                    + "give the private one of the pair",
                zh: "密钥 \(file) 无法使用 — 它是公钥 — 请给出这一对中的私钥")
        }
        return Phrase(
            en: "the key \(file) opens nothing — it is no private key of X25519 — "
                + "give another file",
            zh: "密钥 \(file) 无法使用 — 它不是 X25519 私钥 — 请给出另一个文件")
    }
}
