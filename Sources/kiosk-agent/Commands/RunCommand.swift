internal import ArgumentParser
internal import Foundation
internal import Logging
internal import Settings
internal import Systemd
internal import TerminalCore
internal import UnixSignals

/// `kiosk-agent run`
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Runs the agent in the foreground until SIGTERM or SIGINT.",
        discussion: Help.text(
            """
            SIGHUP has it read the configuration again: limits, texts, times and the log level \
            change while payments go on, and the log names what waits for a restart. A \
            configuration with an error changes nothing.
            """,
            examples: "run", "run --config /etc/kiosk-agent/config.yaml"))

    @OptionGroup var config: ConfigOption

    func run() async throws {
        // From now on a SIGHUP ends nothing.
        let signals = await UnixSignalsSequence(trapping: .sighup)
        // A reload needs the secrets that came as variables again.
        let environment = ProcessInfo.processInfo.environment
        let loaded = try ConfigOption.load(config.file, environment: environment)
        Privacy.forgetVariables()
        let threshold = LogThreshold(loaded.settings.log.level)
        let logger = Self.logger(loaded.settings.log.format, threshold)
        if !Privacy.isKept { logger.warning("the kernel may dump the memory with its secrets") }
        for warning in loaded.warnings {
            logger.warning("configuration", metadata: ["problem": "\(warning.en)"])
        }
        do {
            let agent = Agent(
                settings: loaded.settings, logger: logger,
                patience: StartPatience(environment: environment))
            try await agent.run(
                RunningConfiguration(
                    loaded: loaded, threshold: threshold, signals: signals,
                    load: { [file = config.file] in
                        try ConfigOption.load(file, environment: environment)
                    }))
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(
                .cannotWrite,
                Phrase(
                    en: "the agent stopped — \(error) — mend it and start again",
                    zh: "终端程序已停止 — \(error) — 请修复后重新启动"))
        }
        logger.info("the agent has stopped")
    }

    private static func logger(
        _ format: Settings.Log.Format, _ threshold: LogThreshold
    ) -> Logger {
        Logger(label: "kiosk-agent") { _ in
            ThresholdLogHandler(LineLogHandler(format), threshold)
        }
    }
}
