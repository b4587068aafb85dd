internal import ArgumentParser
internal import Settings

/// `kiosk-agent config`
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Checks and shows the configuration.",
        subcommands: [Check.self, Show.self])

    /// `kiosk-agent config check`
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check", abstract: "Validates; prints every problem with its place.")

        @OptionGroup var config: ConfigOption

        func run() async throws {
            let loaded = try config.load()
            for warning in loaded.warnings { Terminal.say("warning: \(warning)") }
            Terminal.say("\(config.file) is in order")
        }
    }

    /// `kiosk-agent config show`
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Shows every key, its value and where it came from; secrets masked.")

        @OptionGroup var config: ConfigOption

        func run() async throws {
            var table = TextTable(["key", "value", "from"])
            for value in try config.load().values {
                table.add([value.key.path, value.shown, value.origin.description])
            }
            Terminal.say(table.text)
        }
    }
}
