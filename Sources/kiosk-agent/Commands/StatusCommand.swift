internal import ArgumentParser

/// `kiosk-agent status`
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Shows the running agent's state.",
        discussion: Help.text(examples: "status", "status --json"))

    @OptionGroup var config: ConfigOption
    @OptionGroup var json: JSONFlag

    func run() async throws {
        let answer = try await config.client().call("GET", "/v1/status")
        if json.isOn { return Terminal.say(String(decoding: answer.body, as: UTF8.self)) }
        Terminal.say(StatusTable.text(try answer.decode(StatusAnswer.self)))
    }
}
