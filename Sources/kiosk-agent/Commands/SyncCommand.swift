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
        guard waits else {
            let number = first.owed == 1 ? "1 payment waits" : "\(first.owed) payments wait"
            return Terminal.say("\(number); forwarding began")
        }
        try await follow(client, total: first.owed)
    }

    /// Shows the progress until the queue is empty.
    private func follow(_ client: AgentClient, total: Int) async throws {
        var (last, still) = (total, 0)
        let bar = ProgressBar()
        while last > 0, still < Self.patienceSeconds {
            try await Task.sleep(for: .seconds(1))
            let left = try await client.call("GET", "/v1/status").decode(StatusAnswer.self).owed
            still = left < last ? 0 : still + 1
            last = left
            bar.show(max(0, total - left), of: total)
        }
        bar.end()
        guard last == 0 else {
            throw CommandFailure(
                .tryLater,
                "not everything is forwarded: \(last) left — the platform takes nothing now — "
                    + "see kiosk-agent status")
        }
        Terminal.say("nothing waits")
    }
}
