internal import TerminalCore

/// What `kiosk-agent config` says of a configuration.
enum ConfigWords {
    static let key = Phrase(en: "key", zh: "键")
    static let value = Phrase(en: "value", zh: "值")
    static let from = Phrase(en: "from", zh: "来源")
    static let unseenSecrets = Phrase(
        en: "secrets are handed to the service alone and were not seen",
        zh: "密钥只交给服务，此处无法查看")

    static func warning(_ what: Phrase) -> Phrase {
        Phrase(en: "warning: \(what.en)", zh: "注意：\(what.zh)")
    }

    static func inOrder(_ file: String) -> Phrase {
        Phrase(en: "\(file) is in order", zh: "\(file) 正常")
    }
}
