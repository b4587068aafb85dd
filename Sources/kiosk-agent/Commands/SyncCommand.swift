internal import ArgumentParser

/// `kiosk-agent sync`
struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Forwards what waits, now.")

    @Flag(name: .customLong("wait"), help: "Stay until nothing waits, or nothing moves any more.")
    var waits = false
    @OptionGroup var config: ConfigOption

    /// Without progress for so many seconds, waiting ends.
    private static let patienceSeconds = 10

    func run() async throws {
        let client = try config.client()
        let first = try await client.call("POST", "/v1/sync").decode(StatusAnswer.self)
        guard waits else { return Terminal.say("\(first.owed) payments wait; forwarding began") }
        try await follow(client, total: first.owed)
    }

    /// Shows the progress until the queue is empty.
    private func follow(_ client: AgentClient, total: Int) async throws {
        var (last, still) = (total, 0)
        while last > 0, still < Self.patienceSeconds {
            try await Task.sleep(for: .seconds(1))
            let left = try await client.call("GET", "/v1/status").decode(StatusAnswer.self).owed
            still = left < last ? 0 : still + 1
            last = left
            show(done: max(0, total - left), total)
        }
        if Terminal.isInteractive { Terminal.say("") }
        guard last == 0 else {
            throw CommandFailure(
                .tryLater,
                "\(last) payments still wait — the platform does not take them now — "
                    + "see kiosk-agent status")
        }
        Terminal.say("nothing waits")
    }

    private func show(done: Int, _ total: Int) {
        guard Terminal.isInteractive, total > 0 else { return }
        let filled = 30 * done / total
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 30 - filled)
        print("\r[\(bar)] \(done)/\(total)", terminator: "")
        Terminal.flush()
    }
}
