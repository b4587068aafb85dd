internal import ArgumentParser
internal import Logging
internal import Settings

/// `kiosk-agent run`
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Runs the agent in the foreground until SIGTERM or SIGINT.")

    @OptionGroup var config: ConfigOption

    func run() async throws {
        let loaded = try config.load()
        Privacy.forgetVariables()
        let logger = Self.logger(loaded.settings.log)
        if !Privacy.isKept { logger.warning("the kernel may dump the memory with its secrets") }
        for warning in loaded.warnings { logger.warning("\(warning)") }
        do {
            try await Agent(settings: loaded.settings, logger: logger).run()
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(
                .cannotWrite, "the agent stopped — \(error) — mend it and start again")
        }
        logger.info("the agent has stopped")
    }

    private static func logger(_ settings: Settings.Log) -> Logger {
        var logger = Logger(label: "kiosk-agent") { label in
            switch settings.format {
            case .text: StreamLogHandler.standardError(label: label)
            case .json: JSONLogHandler(label: label)
            }
        }
        logger.logLevel = Logger.Level(rawValue: settings.level.rawValue) ?? .info
        return logger
    }
}
