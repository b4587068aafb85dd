internal import ArgumentParser
internal import Ledger
internal import Settings
internal import TerminalCore

/// `kiosk-agent set-aside`
struct SetAsideCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set-aside",
        abstract: "Renames a damaged ledger, so that the agent can start with a new one.",
        discussion: Help.text(
            """
            Nothing is deleted: the old file and its log keep their bytes under a new name. A \
            ledger without damage stays where it is. The agent must be stopped. After a power cut \
            in the middle the next start, or the same command again, does the rest.
            """,
            examples: "set-aside"))

    @Flag(
        name: .customLong("without-mirror"),
        help: "Look for used order numbers in the ledger only: the mirror is lost.")
    var withoutMirror = false
    @OptionGroup var config: ConfigOption

    func run() async throws {
        let settings = try config.load().settings
        do throws(LedgerError) {
            let name = try Ledger.setAside(
                LedgerSettings(settings), mirror: withoutMirror ? nil : settings.ledger.mirror,
                now: SystemTerminalClock().now())
            Terminal.say("The damaged ledger is now \(name); keep it.")
            Terminal.say("A new one is at \(settings.ledger.path): start the agent.")
            Terminal.say(
                "What was accepted and not yet forwarded is delivered from the mirror or from the "
                    + "old file: kiosk-agent replay FILE --original-stopped")
            Terminal.say("Lost cards that an operator added or imported must be added again.")
        } catch {
            throw CommandFailure(error.isAnswer ? .no : .cannotWrite, error.phrase)
        }
    }
}

extension LedgerError {
    /// Whether the answer is no: there is nothing to set aside.
    fileprivate var isAnswer: Bool {
        if case .whole = self { true } else { false }
    }
}
