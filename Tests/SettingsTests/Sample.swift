import TerminalCore

@testable import Settings

/// The smallest configuration, a development one, and what tests do with it.
enum Sample {
    static let file = "/etc/kiosk-agent/config.yaml"

    /// What must be given, with a sandbox as the platform.
    static let minimal = """
        terminal: {id: K001}
        platform: {base_url: "http://127.0.0.1:7718", client_id: demo, client_secret: hush}

        """

    static func load(
        _ text: String = minimal, environment: [String: String] = [:]
    ) throws -> LoadedSettings {
        try SettingsLoader.load(text: text, file: file, environment: environment)
    }

    /// The minimal configuration with `text` after it.
    static func load(adding text: String) throws -> Settings { try load(minimal + text).settings }

    /// The minimal configuration with one key set by YAML text; the key's section is made.
    static func load(_ key: String, _ value: String) throws -> Settings {
        try load(adding: "\(key): \(value)\n")
    }

    /// What is wrong; empty when nothing is.
    static func problems(
        _ text: String = minimal, environment: [String: String] = [:]
    ) -> [Problem] {
        do throws(ConfigurationError) {
            _ = try SettingsLoader.load(text: text, file: file, environment: environment)
            return []
        } catch {
            return error.problems
        }
    }

    static func problems(adding text: String) -> [Problem] { problems(minimal + text) }

    /// The one description of what is wrong.
    static func description(_ text: String, environment: [String: String] = [:]) -> String {
        problems(text, environment: environment).map(\.description).joined(separator: "\n")
    }
}
