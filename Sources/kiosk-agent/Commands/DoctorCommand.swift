internal import ArgumentParser
internal import FoundationEssentials
internal import Machine
internal import Settings

/// `kiosk-agent doctor`
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Checks everything a payment needs; each line says what mends it.",
        discussion: Help.text(examples: "doctor", "doctor --json"))

    @OptionGroup var config: ConfigOption
    @OptionGroup var json: JSONFlag
    /// For tests, which have a machine of files.
    @Option(help: ArgumentHelp("Read /proc and /sys below this directory.", visibility: .hidden))
    var root = "/"

    func run() async throws {
        let machine = Machine(root: root)
        let reader = (try? config.settings())?.reader
        try report(
            await ReaderCheck(settings: reader, machine: machine).run()
                + (await ConfiguredCheck(config: config, machine: machine).run()))
    }

    private func report(_ findings: [Finding]) throws {
        if json.isOn {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            Terminal.say(String(decoding: try encoder.encode(findings), as: UTF8.self))
        } else {
            for finding in findings { Terminal.say(finding.line) }
        }
        if findings.contains(where: { $0.level == .problem }) { throw CommandFailure(.no) }
    }
}
