internal import Foundation
internal import Glibc
internal import Machine
internal import Settings
internal import TerminalCore

/// The doctor's look at the configuration and at everything that it names.
struct ConfiguredCheck {
    let config: ConfigOption
    let machine: Machine

    func run() async -> [Finding] {
        do {
            let loaded = try config.load()
            let settings = loaded.settings
            return Self.taken(loaded.warnings) + (await named(settings))
                + (await PlatformCheck(settings: settings).run())
        } catch {
            // The secrets are for the service: without them much can be looked at all the same.
            guard let settings = try? config.settings() else { return unreadable(error) }
            let clock = ClockCheck.problem(SystemTerminalClock().now())
            return Self.taken([]) + [secrets(settings, error)] + (await named(settings))
                + [
                    Finding(.clock, clock),
                    Finding(.platform, await PlatformCheck(settings: settings).reach()),
                ]
        }
    }

    private func named(_ settings: Settings) async -> [Finding] {
        [DiskCheck(ledger: settings.ledger).run()]
            + (await LedgerCheck(settings: settings, machine: machine).run())
            + ScannerCheck(settings: settings.scanner).run()
    }

    /// A configuration that the agent would take, and what it would warn of.
    private static func taken(_ warnings: [Phrase]) -> [Finding] {
        if warnings.isEmpty { return [Finding(.configuration, nil)] }
        return warnings.map { Finding(.configuration, warning: $0) }
    }

    /// What cannot be looked at without a configuration says so.
    private func unreadable(_ error: any Error) -> [Finding] {
        let parts: [Part] = [.disk, .ledger, .platform]
        return [
            Finding(.configuration, forbidden(config.file) ?? Self.words(error)),
            Finding(.clock, ClockCheck.problem(SystemTerminalClock().now())),
        ] + parts.map { Finding($0, PlatformWords.unseen) }
    }

    /// Why a configuration that is in order but for its secrets would not be taken.
    private func secrets(_ settings: Settings, _ error: any Error) -> Finding {
        let directory = ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"]
        if directory == nil, settings.platform.clientSecret.exposed.isEmpty {
            return Finding(.secrets, warning: PlatformWords.noSecret)
        }
        let closed = directory.flatMap { directory in
            ["client_secret", "operator_token", "data_key"]
                .compactMap { forbidden("\(directory)/\($0)") }.first
        }
        return Finding(.secrets, closed ?? Self.words(error))
    }

    /// That this user may not read a file; nil when it may, or when there is none.
    private func forbidden(_ path: String) -> Phrase? {
        guard access(path, R_OK) != 0, errno == EACCES else { return nil }
        return LedgerWords.unreadable(path, Operator.processUser)
    }

    private static func words(_ error: any Error) -> Phrase {
        (error as? CommandFailure)?.phrase ?? Phrase(verbatim: "\(error)")
    }
}
