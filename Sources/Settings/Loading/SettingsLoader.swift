internal import TerminalCore

/// Makes settings out of the configuration file, the environment and the credential files.
public enum SettingsLoader {
    /// The longest configuration file, in bytes.
    public static let bytesMax = 1_048_576

    /// Where the configuration is unless the command line says otherwise.
    public static let standardFile = "/etc/kiosk-agent/config.yaml"

    /// Reads `file`; throws everything that is wrong at once.
    ///
    /// Credential files are looked for in the directory that `CREDENTIALS_DIRECTORY` names.
    /// `withoutSecrets` is for commands that only talk to the agent: a missing secret is no error.
    public static func load(
        file: String, environment: [String: String], withoutSecrets: Bool = false
    ) throws(ConfigurationError) -> LoadedSettings {
        try load(
            text: try text(of: file), file: file, environment: environment,
            withoutSecrets: withoutSecrets)
    }

    /// The whole text of a configuration file.
    static func text(of file: String) throws(ConfigurationError) -> String {
        do throws(BoundedFile.Failure) {
            return try BoundedFile.read(file, bytesMax: bytesMax)
        } catch {
            throw ConfigurationError([unreadable(error, file)])
        }
    }

    /// The same with the text already read; `file` only names it.
    public static func load(
        text: String, file: String, environment: [String: String], withoutSecrets: Bool = false
    ) throws(ConfigurationError) -> LoadedSettings {
        let mark: Unicode.Scalar = "\u{FEFF}"
        let isMarked = text.unicodeScalars.first == mark
        let body = isMarked ? String(text.unicodeScalars.dropFirst()) : text
        let root = try YAMLDocument.read(body, file: file)
        return try load(
            Sources(file: root, environment: environment), file: file,
            withoutSecrets: withoutSecrets)
    }

    /// The same from sources that were read.
    static func load(
        _ sources: Sources, file: String, withoutSecrets: Bool = false
    ) throws(ConfigurationError) -> LoadedSettings {
        var assembly = Assembly(sources, file: file)
        let settings = assembly.settings()
        assembly.crossCheck(settings)
        let problems = assembly.problems.filter { problem in
            let isSecret = problem.key.flatMap(KeyTable.key)?.isSecret ?? false
            return !(withoutSecrets && isSecret)
        }
        guard problems.isEmpty else { throw ConfigurationError(problems) }
        return LoadedSettings(
            settings: settings, values: assembly.values, warnings: assembly.warnings,
            sources: sources, file: file)
    }

    private static func unreadable(_ failure: BoundedFile.Failure, _ file: String) -> Problem {
        let remedy =
            switch failure {
            case .absent:
                Phrase(
                    en: "write it after examples/config.yaml, or name another file with --config",
                    zh: "请参照 examples/config.yaml 编写，或用 --config 指定其他文件")
            case .tooLong, .notText: Phrase(en: "correct the file", zh: "请更正该文件")
            case .system:
                Phrase(en: "check the file and its permissions", zh: "请检查该文件及其权限")
            }
        return Problem(
            place: .file(file), key: nil, value: nil, what: failure.phrase, remedy: remedy)
    }
}
