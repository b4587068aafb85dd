public import TerminalCore

/// The settings with the story of each value, for the agent and for `config show`.
public struct LoadedSettings: Sendable {
    public let settings: Settings
    /// One entry for each key of the table, in its order.
    public let values: [KeyValue]
    /// What works but deserves a second look, one sentence each.
    public let warnings: [Phrase]
    /// What all of it was made of.
    let sources: Sources
    /// The configuration file, as errors name it.
    let file: String
}

/// One key with its value and where that came from.
public struct KeyValue: Sendable {
    public let key: SettingKey
    /// The value as YAML on one line; `****` for a secret, `null` for none.
    public let shown: String
    public let origin: Origin
}

/// Which source a value was taken from.
public enum Origin: Hashable, Sendable {
    case defaultValue
    /// The configuration file, at this line.
    case file(line: Int)
    /// The variable of this name.
    case environment(String)
    /// The credential file of this name.
    case credential(String)
}

extension Origin {
    /// A few words for a column of `config show`.
    public var phrase: Phrase {
        switch self {
        case .defaultValue: Phrase(en: "default", zh: "默认值")
        case .file(let line): Phrase(en: "line \(line)", zh: "第 \(line) 行")
        case .environment(let name): Phrase(verbatim: name)
        case .credential(let name): Phrase(en: "credential \(name)", zh: "凭据 \(name)")
        }
    }
}
