internal import ArgumentParser
internal import TerminalCore

/// `kiosk-agent status`
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Shows the running agent's state.")

    @OptionGroup var config: ConfigOption
    @OptionGroup var json: JSONFlag

    func run() async throws {
        let answer = try await config.client().call("GET", "/v1/status")
        if json.isOn { return Terminal.say(String(decoding: answer.body, as: UTF8.self)) }
        Terminal.say(Self.text(try answer.decode(StatusAnswer.self)))
    }

    static func text(_ status: StatusAnswer) -> String {
        var table = TextTable(["terminal", "\(status.terminal.name) (\(status.terminal.id))"])
        table.add(["version", "\(status.terminal.version), \(status.terminal.mode) mode"])
        table.add(["reader", reader(status.reader)])
        for scanner in status.scanners {
            table.add(["scanner", scanner.problem ?? scanner.device])
        }
        table.add(["platform", platform(status.platform)])
        table.add(["storage", status.storage.problem ?? "in order"])
        if let mirror = status.storage.mirror {
            table.add(["mirror", mirror.problem ?? "in order"])
        }
        if let cards = status.cards { table.add(["cards", cards.text]) }
        for (state, total) in status.queue.sorted(by: { $0.key < $1.key }) {
            let age = Moments.age(total.oldestAgeMs)
            table.add([state, "\(total.count), \(Money(fen: total.fen)) yuan, oldest \(age)"])
        }
        if let doubt = status.inDoubt, doubt.count > 0 {
            let sum = "\(doubt.count), \(Money(fen: doubt.fen)) yuan"
            table.add(["in doubt", "\(sum); declined and perhaps paid: kiosk-agent reconcile"])
        }
        let limits = status.limits
        let used = "\(Money(fen: limits.totalUsed)) of \(Money(fen: limits.totalLimit)) yuan used"
        table.add(["offline", limits.offlineEnabled ? used : "not allowed"])
        table.add(["lost list", status.lostList?.text ?? "none was imported"])
        if status.sync.stopped {
            table.add([
                "sync", "stopped after refusals in a row; see payments, then kiosk-agent sync",
            ])
        }
        return table.text
    }

    private static func reader(_ reader: StatusAnswer.Reader) -> String {
        if reader.simulated { return "simulated" }
        if reader.service != true { return "pcscd does not answer; run kiosk-agent doctor" }
        let names = reader.names.isEmpty ? "none plugged in" : reader.names.joined(separator: ", ")
        return reader.problem.map { "\(names); last problem: \($0)" } ?? names
    }

    private static func platform(_ platform: StatusAnswer.Platform) -> String {
        let text = "\(platform.state) for \(Moments.age(platform.sinceMs))"
        return platform.problem.map { "\(text); \($0)" } ?? text
    }
}
