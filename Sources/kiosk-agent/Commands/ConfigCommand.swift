internal import ArgumentParser
internal import FoundationEssentials
internal import Settings
internal import TerminalCore

/// `kiosk-agent config`
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Checks and shows the configuration.",
        discussion: Help.text(examples: "config check", "config show"),
        subcommands: [Check.self, Show.self, Keys.self])

    /// `kiosk-agent config check`
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check", abstract: "Validates; prints every problem with its place.",
            discussion: Help.text(examples: "config check --config new.yaml"))

        @OptionGroup var config: ConfigOption

        func run() async throws {
            let (loaded, lacksSecrets) = try config.look()
            let warnings = loaded.warnings + (lacksSecrets ? [ConfigWords.unseenSecrets] : [])
            for warning in warnings { Terminal.say(ConfigWords.warning(warning).text) }
            Terminal.say(ConfigWords.inOrder(config.file).text)
        }
    }

    /// `kiosk-agent config show`
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Shows every key, its value and where it came from; secrets masked.",
            discussion: Help.text(examples: "config show"))

        @OptionGroup var config: ConfigOption

        func run() async throws {
            let heads = [ConfigWords.key, ConfigWords.value, ConfigWords.from]
            var table = TextTable(heads.map(\.text))
            for value in try config.look().loaded.values {
                table.add([value.key.path, value.shown, value.origin.phrase.text])
            }
            Terminal.say(table.text)
        }
    }

    /// `kiosk-agent config keys`
    struct Keys: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "keys",
            abstract: "Lists every key there is: its default, what is allowed, what it does.",
            discussion: Help.text(examples: "config keys", "config keys --json"))

        @OptionGroup var json: JSONFlag

        func run() async throws {
            if json.isOn {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
                let body = try encoder.encode(KeyTable.keys.map(KeyAnswer.init))
                return Terminal.say(String(decoding: body, as: UTF8.self))
            }
            var table = TextTable(
                ["key", "default", "allowed", "what it is"], overflow: .wrapped)
            for key in KeyTable.keys {
                table.add([key.path, key.defaultValue ?? "must be set", key.allowed.en, key.about])
            }
            Terminal.say(table.text)
        }
    }
}

/// A key of the configuration for programs; the manual is made of these.
private struct KeyAnswer: Encodable {
    var key: String
    var about: String
    var allowed: String
    /// As YAML; absent when the key must be set.
    var `default`: String?
    var secret: Bool
    /// The variable that overrides it.
    var variable: String?
    /// The credential file that can hold it.
    var credential: String?

    init(_ key: SettingKey) {
        (self.key, about, allowed) = (key.path, key.about, key.allowed.en)
        (`default`, secret) = (key.defaultValue, key.isSecret)
        (variable, credential) = (key.variable, key.credential)
    }
}
