internal import ArgumentParser
internal import Glibc
internal import TerminalCore

/// The agent and its operator commands.
@main
struct KioskAgent: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kiosk-agent",
        abstract: "Turns a Linux box with a card reader into a payment terminal.",
        discussion: Help.text(examples: "setup", "doctor", "pay 12.50"),
        version: Version.text,
        subcommands: [
            RunCommand.self, DoctorCommand.self, ReadersCommand.self, ReadCommand.self,
            StatusCommand.self, PayCommand.self, PaymentsCommand.self, LostCardsCommand.self,
            SyncCommand.self, ReconcileCommand.self, ReportCommand.self, ExportCommand.self,
            ReplayCommand.self, VerifyCommand.self, WaitingCommand.self, SetAsideCommand.self,
            SetupCommand.self,
            TokenCommand.self, ConfigCommand.self,
        ])

    static func main() async {
        Privacy.begin()
        Heaps.begin()
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure {
            end(failure)
        } catch {
            if exitCode(for: error) == .success { exit(withError: error) }
            end(CommandFailure(unforeseen: error))
        }
    }

    private static func end(_ failure: CommandFailure) -> Never {
        if let phrase = failure.phrase { Terminal.complain(phrase) }
        Glibc.exit(failure.code.rawValue)
    }
}

/// The version of this build, a heading of the CHANGELOG once it is released.
enum Version {
    static let text = "0.2.0"
}
