internal import LocalAPI
internal import Logging
internal import ServiceLifecycle
internal import Settings
internal import SyncEngine
internal import TerminalAgent
internal import TerminalCore
internal import UnixSignals

/// Reads the configuration again at each SIGHUP, and takes up what may change while payments go on.
///
/// All of it is read and checked first: one problem, and everything stays as it was.
struct ReloadService: Service {
    /// What a service manager is told.
    enum Step: Sendable { case begins, ended }

    let configuration: RunningConfiguration
    let engine: SyncEngine
    let agent: TerminalAgent
    let api: LocalAPI
    let logger: Logger
    let tell: @Sendable (Step) async -> Void

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var running = configuration.loaded
            for await _ in configuration.signals {
                await tell(.begins)
                await reload(&running)
                await tell(.ended)
            }
        }
    }

    private func reload(_ running: inout LoadedSettings) async {
        do {
            let reload = try running.takingUp(try await configuration.read())
            running = reload.loaded
            log(reload)
            await takeUp(reload.loaded.settings)
        } catch {
            logger.error("the configuration stays as it was")
            let text = (error as? CommandFailure)?.text ?? "\(error)"
            for problem in text.split(separator: "\n") {
                logger.error("configuration", metadata: ["problem": "\(problem)"])
            }
        }
    }

    private func takeUp(_ settings: Settings) async {
        await engine.adopt(DeliveryRules(settings))
        // Before the agent, whose event has the pages look.
        api.adopt(
            name: settings.terminal.name, language: settings.terminal.language.rawValue)
        await agent.adopt(AgentRules(settings))
        logger.notice("the configuration was read again")
        configuration.threshold.set(settings.log.level)
    }

    private func log(_ reload: Reload) {
        for warning in reload.loaded.warnings {
            logger.warning("configuration", metadata: ["problem": "\(warning.en)"])
        }
        for change in reload.changes {
            logger.notice(
                "configuration",
                metadata: [
                    "key": "\(change.key.path)", "was": "\(change.was)", "is": "\(change.now)",
                ])
        }
        guard !reload.waiting.isEmpty else { return }
        let keys = reload.waiting.map(\.path).joined(separator: ", ")
        logger.warning("a change waits for a restart", metadata: ["keys": "\(keys)"])
    }
}
