internal import ArgumentParser
internal import Ledger
internal import Settings
internal import TerminalCore

/// `kiosk-agent waiting`
struct WaitingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waiting",
        abstract: "Counts the payments whose money waits.",
        discussion: Help.text(
            """
            Money waits while a payment is accepted, held, rejected, being undone or without an \
            outcome. Ends with 1 while there are any, and with 65 when nobody can tell. The \
            running agent is asked, or files are read on private copies: one that --ledger names, \
            or with --stopped all that this machine's stopped agent left, the ledgers of its \
            replays included.
            """,
            examples: "waiting", "waiting --stopped"))

    @Flag(help: "Read what this machine's stopped agent left.")
    var stopped = false
    @OptionGroup var ledger: LedgerFileOption
    @OptionGroup var config: ConfigOption
    @OptionGroup var json: JSONFlag

    func validate() throws {
        guard !stopped || ledger.file == nil else {
            throw ValidationError(
                Phrase(
                    en: "--stopped and --ledger exclude each other",
                    zh: "--stopped 与 --ledger 不能同时使用"))
        }
    }

    func run() async throws {
        let money = try await money()
        Terminal.say(try json.isOn ? money.json() : money.text)
        if money.count > 0 { throw CommandFailure(.no) }
    }

    private func money() async throws -> WaitingMoney {
        if stopped { return try await StoppedAgent(config).waiting() }
        if let copy = try ledger.copy() {
            var money = WaitingMoney()
            try await money.add(copy)
            return money
        }
        let status = try await config.client().call("GET", "/v1/status")
        return WaitingMoney(try status.decode(StatusAnswer.self).queue)
    }
}
