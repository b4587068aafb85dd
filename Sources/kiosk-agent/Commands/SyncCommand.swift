internal import ArgumentParser
internal import TerminalCore

/// `kiosk-agent sync`
struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Forwards what waits, now.",
        discussion: Help.text(examples: "sync", "sync --wait"))

    @Flag(name: .customLong("wait"), help: "Stay until nothing waits, or nothing moves any more.")
    var waits = false
    @OptionGroup var config: ConfigOption

    /// Without progress for so many seconds, waiting ends.
    private static let patienceSeconds = 10

    func run() async throws {
        let client = try config.client()
        let first = try await client.call("POST", "/v1/sync").decode(StatusAnswer.self)
        guard waits else {
            return Terminal.say(SyncWords.began(first.owed).text)
        }
        try await follow(client, total: first.owed)
    }

    /// Shows the progress until the queue is empty.
    private func follow(_ client: AgentClient, total: Int) async throws {
        var (last, still) = (total, 0)
        let bar = ProgressBar(ProgressWords.forwarding)
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
                Phrase(
                    en: "not everything is forwarded: \(last) left — the platform takes nothing "
                        + "now — see kiosk-agent status",
                    zh: "尚未全部上传：还剩 \(last) 笔 — 平台目前不接受 — "
                        + "请运行 kiosk-agent status 查看"))
        }
        Terminal.say(SyncWords.nothing.text)
    }
}

/// What `kiosk-agent sync` says to people.
private enum SyncWords {
    static let nothing = Phrase(en: "nothing waits", zh: "没有待上传的交易")

    static func began(_ count: Int) -> Phrase {
        let noun = count == 1 ? "payment waits" : "payments wait"
        return Phrase(
            en: "\(count) " + noun + "; forwarding began", zh: "\(count) 笔交易待上传；已开始上传")
    }
}
