internal import TerminalCore

/// The answers to the questions of a first start, in a file: the keys of the configuration, and
/// where the secret is.
public struct SetupAnswers: Sendable {
    public let configuration: NewConfiguration
    /// The file with `platform.client_secret`; an absolute path.
    public let clientSecretFile: String

    /// The key that names ``clientSecretFile``.
    public static let secretFileKey = "client_secret_file"

    /// Reads the file at `path`; throws everything that is wrong or missing at once.
    public init(file path: String) throws(ConfigurationError) {
        try self.init(text: try SettingsLoader.text(of: path), file: path)
    }

    /// The same with the text already read.
    public init(text: String, file: String) throws(ConfigurationError) {
        let root = try YAMLDocument.read(text, file: file)
        let members = if case .map(let members) = root.content { members } else { [Raw.Member]() }
        let rest = members.filter { $0.name != Self.secretFileKey }
        let keys = members.isEmpty ? root : Raw(content: .map(rest), place: root.place)
        let answers = ConfigurationFile(keys)
        let given = members.first { $0.name == Self.secretFileKey }?.value
        let (secretFile, flaws) = Self.secretFile(given, file)
        let problems = flaws + Self.secrets(answers) + Self.problems(keys, file)
        guard problems.isEmpty, let secretFile else { throw ConfigurationError(problems) }
        configuration = NewConfiguration(answers)
        clientSecretFile = secretFile
    }

    private static func secretFile(_ raw: Raw?, _ file: String) -> (String?, [Problem]) {
        let type = ScalarType<String>.path()
        guard let raw else {
            let missing = Problem(
                place: .file(file), key: secretFileKey, value: nil, what: .isMissing,
                remedy: Phrase(
                    en: "set it (\(type.allowed.en), of a file with platform.client_secret alone)",
                    zh: "请设置（\(type.allowed.zh)，其中只有 platform.client_secret）"))
            return (nil, [missing])
        }
        var findings: [Finding] = []
        let path = type.read(raw, into: &findings)
        return (
            path,
            findings.map { finding in
                Problem(
                    place: finding.place, key: secretFileKey, value: finding.value,
                    what: finding.what, remedy: .allowed(finding.allowed))
            }
        )
    }

    /// A file of answers is copied around; no secret may travel in it.
    private static func secrets(_ answers: ConfigurationFile) -> [Problem] {
        KeyTable.keys.filter(\.isSecret).compactMap { key in
            guard let raw = answers.values[key.path], !raw.isNothing else { return nil }
            return Problem(
                place: raw.place, key: key.path, value: nil, what: .isOpenSecret,
                remedy: Phrase(
                    en: "leave it out; platform.client_secret goes into a file that "
                        + "\(secretFileKey) names",
                    zh: "请去掉；platform.client_secret 应放入 \(secretFileKey) 指定的文件"))
        }
    }

    private static func problems(_ keys: Raw, _ file: String) -> [Problem] {
        do throws(ConfigurationError) {
            _ = try SettingsLoader.load(
                Sources(file: keys, environment: [:]), file: file, withoutSecrets: true)
            return []
        } catch {
            return error.problems
        }
    }
}
