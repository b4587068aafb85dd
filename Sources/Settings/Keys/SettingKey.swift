public import TerminalCore

/// One key of the configuration as people meet it: in the file, in `config show` and in errors.
public struct SettingKey: Hashable, Sendable {
    /// Its place in the file, as `platform.base_url`.
    public let path: String
    /// What it does, in one line.
    public let about: String
    /// What may stand there, in words.
    public let allowed: Phrase
    /// Its default as YAML; nil when the key must be given.
    public let defaultValue: String?
    /// Its value is never printed.
    public let isSecret: Bool
    /// Nothing that was begun depends on it, so that a reload takes a change up while payments go
    /// on; a change of any other key waits for the next start.
    public let isReloadable: Bool
    /// The name of the credential file that can hold it.
    public let credential: String?
    let shape: Shape

    /// The environment variable that overrides it; nil for maps, which only the file can hold.
    public var variable: String? { shape == .map ? nil : variableName }

    /// The name that a variable for this key has or would have.
    var variableName: String { Self.variablePrefix + path.uppercased().replacing(".", with: "_") }

    /// What every variable of this program begins with.
    public static let variablePrefix = "KIOSK_"
}

/// One key with the type of its value.
struct Key<Value: Sendable>: Sendable {
    /// Which rules a key has besides its type.
    struct Traits: OptionSet {
        let rawValue: Int
        static var reloadable: Self { Self(rawValue: 1) }
        static var secret: Self { Self(rawValue: 2) }
    }

    let row: SettingKey
    let type: ValueType<Value>
    /// The default, or what stands in for a missing value until the errors are reported.
    let fallback: Value

    /// A key whose default is written as YAML, exactly as in the contract.
    init(
        _ path: String, as type: ValueType<Value>, default text: String, _ traits: Traits = [],
        credential: String? = nil, about: String
    ) {
        self.init(
            path, as: type, defaultText: text, fallback: Self.value(text, type), traits,
            credential: credential, about: about)
    }

    /// A key of one value with a default.
    init(
        _ path: String, _ type: ScalarType<Value>, default text: String, _ traits: Traits = [],
        about: String
    ) {
        self.init(path, as: .one(type), default: text, traits, about: about)
    }

    /// A key that must be given.
    init(
        required path: String, _ type: ScalarType<Value>, standIn: Value, _ traits: Traits = [],
        credential: String? = nil, about: String
    ) {
        self.init(
            path, as: .one(type), defaultText: nil, fallback: standIn, traits,
            credential: credential, about: about)
    }

    private init(
        _ path: String, as type: ValueType<Value>, defaultText: String?, fallback: Value,
        _ traits: Traits, credential: String?, about: String
    ) {
        self.type = type
        self.fallback = fallback
        row = SettingKey(
            path: path, about: about, allowed: type.allowed, defaultValue: defaultText,
            isSecret: traits.contains(.secret), isReloadable: traits.contains(.reloadable),
            credential: credential, shape: type.shape)
    }

    /// A default that its own type refuses is a programmer's error.
    private static func value(_ text: String, _ type: ValueType<Value>) -> Value {
        var findings: [Finding] = []
        guard let raw = try? YAMLDocument.read(text, file: ""),
            let value = type.read(raw, &findings), findings.isEmpty
        else { preconditionFailure("the default \(text) is not allowed: \(findings)") }
        return value
    }
}
