internal import ArgumentParser
internal import Foundation
internal import Glibc
internal import Settings
internal import TerminalCore

/// Where the configuration is; every command takes it.
struct ConfigOption: ParsableArguments {
    @Option(name: .customLong("config"), help: "The configuration file.")
    var file = SettingsLoader.standardFile

    /// Everything, secrets included: for a command that no running agent can be asked for.
    ///
    /// Whoever is not the service hears how to run the command as the service.
    func load() throws -> LoadedSettings {
        let environment = ProcessInfo.processInfo.environment
        do throws(ConfigurationError) {
            return try SettingsLoader.load(file: file, environment: environment)
        } catch {
            var lines = [error.phrase]
            if environment["CREDENTIALS_DIRECTORY"] == nil, error.isOfMissingSecretsAlone {
                lines.append(AsService.secretsMissing)
            }
            throw CommandFailure(
                .configuration, Phrase.joined(lines, by: Phrase(verbatim: "\n")))
        }
    }

    /// Everything, secrets included: for the agent itself.
    static func load(_ file: String, environment: [String: String]) throws -> LoadedSettings {
        do {
            return try SettingsLoader.load(file: file, environment: environment)
        } catch {
            throw CommandFailure(.configuration, error.phrase)
        }
    }

    /// Everything for a look, and whether secrets are missing that are the service's alone.
    ///
    /// Outside of the service that is no error; in it, `CREDENTIALS_DIRECTORY` is set.
    func look() throws -> (loaded: LoadedSettings, lacksSecrets: Bool) {
        let environment = ProcessInfo.processInfo.environment
        do throws(ConfigurationError) {
            let loaded = try SettingsLoader.load(file: file, environment: environment)
            return (loaded, false)
        } catch {
            guard environment["CREDENTIALS_DIRECTORY"] == nil, error.isOfMissingSecretsAlone,
                let loaded = try? SettingsLoader.load(
                    file: file, environment: environment, withoutSecrets: true)
            else { throw CommandFailure(.configuration, error.phrase) }
            return (loaded, true)
        }
    }

    /// Whether nothing was configured yet: no file was named, and the standard one is not there.
    var isAbsent: Bool {
        file == SettingsLoader.standardFile && access(file, F_OK) != 0 && errno == ENOENT
    }

    /// What a command needs to talk to the agent.
    func client() throws -> AgentClient { AgentClient(try settings().api) }

    /// What a command may know: the agent's secrets may be missing.
    func settings() throws -> Settings {
        do {
            return try SettingsLoader.load(
                file: file, environment: ProcessInfo.processInfo.environment, withoutSecrets: true
            ).settings
        } catch {
            throw CommandFailure(.configuration, error.phrase)
        }
    }
}

/// Stable output for programs.
struct JSONFlag: ParsableArguments {
    @Flag(name: .customLong("json"), help: "Print JSON for programs.")
    var isOn = false
}
