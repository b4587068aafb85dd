public import TerminalCore

/// A configuration that is about to be written: what a site has of its own, key by key.
///
/// Secrets have no place in it; they belong into credential files.
public struct NewConfiguration: Hashable, Sendable {
    private struct Value: Hashable {
        /// What a person would type; nil for lists and maps.
        var text: String?
        var yaml: String
    }

    private var values: [String: Value] = [:]

    /// One without a value of its own.
    public init() {}

    /// What the file at `path` says already, but for its secrets; throws when its keys cannot be
    /// told.
    public init(existing path: String) throws(ConfigurationError) {
        let root = try YAMLDocument.read(try SettingsLoader.text(of: path), file: path)
        let file = ConfigurationFile(root)
        guard file.problems.isEmpty else { throw ConfigurationError(file.problems) }
        self.init(file)
    }

    init(_ file: ConfigurationFile) {
        for (path, raw) in file.values where KeyTable.key(path)?.isSecret == false {
            let text: String? = if case .scalar(let text) = raw.content { text } else { nil }
            values[path] = Value(text: text, yaml: raw.yaml)
        }
    }

    /// The single value of a key as a person would type it; nil for the default, lists and maps.
    public subscript(path: String) -> String? { values[path]?.text }

    /// Gives a key a single value; nil makes it the default again. An unknown key or a secret is a
    /// programmer's error.
    public mutating func set(_ path: String, to text: String?) {
        precondition(KeyTable.key(path)?.isSecret == false, "no key \(path)")
        values[path] = text.map { Value(text: $0, yaml: YAMLText.scalar($0)) }
    }

    /// The settings that the text makes, without secrets; throws all that is wrong. `file` only
    /// names it.
    public func load(file: String) throws(ConfigurationError) -> LoadedSettings {
        try SettingsLoader.load(text: text, file: file, environment: [:], withoutSecrets: true)
    }

    /// What is wrong with one key, while others may be missing still: the value, what it must be.
    public func problems(of path: String) -> [Phrase] {
        do throws(ConfigurationError) {
            _ = try load(file: "")
            return []
        } catch {
            return error.problems.filter { $0.key == path }.map(\.complaint)
        }
    }
}

extension NewConfiguration {
    private static let head = """
        # The configuration of this terminal, written by kiosk-agent setup.
        #
        # A key behind a comment sign has its default. After a change:
        #   kiosk-agent config check
        # Secrets are not here: they are credential files, which setup writes, too.
        """

    /// The file: every key, those with their default behind a comment sign.
    public var text: String {
        var lines = [Self.head]
        var open: [Substring] = []
        for key in KeyTable.keys where isWritten(key) {
            let parts = key.path.split(separator: ".")
            let section = Array(parts.dropLast())
            if section != open {
                lines += Self.opening(section, after: open)
                open = section
            }
            let value = values[key.path]?.yaml
            let sign = value == nil ? "# " : ""
            let shown = value ?? key.defaultValue ?? Raw.placeholder
            lines.append(
                "\(Self.indent(section.count))\(sign)\(parts[section.count]): \(shown)"
                    + "  # \(key.about)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Few sites have a use for the other platforms.
    private func isWritten(_ key: SettingKey) -> Bool {
        let isCommon = !key.path.hasPrefix("other_platforms.")
        return !key.isSecret && (isCommon || values[key.path] != nil)
    }

    private static func opening(_ section: [Substring], after open: [Substring]) -> [String] {
        let common = zip(section, open).prefix { $0 == $1 }.count
        let names = section.indices.dropFirst(common).map { depth in
            "\(indent(depth))\(section[depth]):"
        }
        return (common == 0 ? [""] : []) + names
    }

    private static func indent(_ depth: Int) -> String { String(repeating: "  ", count: depth) }
}
