internal import Settings
internal import TerminalCore

/// What a first start is about to write.
struct SetupPlan {
    let configuration: NewConfiguration
    let clientSecret: Secret

    /// The language of the terminal to be; Chinese is the key's default.
    var language: Settings.Terminal.Language {
        configuration["terminal.language"] == "en" ? .en : .zh
    }

    /// The settings that the agent would have with it; `file` only names it.
    func settings(_ file: String) throws -> Settings {
        do throws(ConfigurationError) {
            var settings = try configuration.load(file: file).settings
            settings.platform.clientSecret = clientSecret
            return settings
        } catch {
            throw CommandFailure(.configuration, error.phrase)
        }
    }
}
