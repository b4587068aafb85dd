import Foundation
import Glibc
import Sandbox
import Testing

/// `SIGHUP`, which `systemctl reload` sends.
@Suite("a reload of the configuration") struct ReloadTests {
    private static let done = "the configuration was read again"

    private func reload(_ agent: Program, until word: String = ReloadTests.done) async {
        agent.signal(SIGHUP)
        await agent.wait { lines in lines.contains { $0.contains(word) } }
    }

    @Test("the next offline payment is judged by the new limit; what cannot change is named")
    func limit() async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(platform: url)
            let agent = try await kiosk.start()
            await sandbox.setNetwork(up: false)
            let before = try await kiosk.request(1_250)
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.outcome(before).state == "accepted")
            try kiosk.configure(
                platform: url, yaml: "offline: {payment_limit: 1000}\nlog: {format: json}")
            await reload(agent)
            let after = try await kiosk.request(1_250)
            try await kiosk.tap(Cards.other)
            let outcome = try await kiosk.outcome(after)
            #expect(outcome.reason == "offline_payment_limit")
            #expect(["refused", "reversing", "reversed"].contains(outcome.state))
            let log = agent.output.joined(separator: "\n")
            #expect(log.contains("key=offline.payment_limit"), "\(log)")
            #expect(log.contains("a change waits for a restart"), "\(log)")
            #expect(log.contains("keys=log.format"), "\(log)")
            agent.signal(SIGTERM)
            #expect(await agent.end() == 0)
        }
    }

    @Test("a file with errors changes nothing, and each error is in the log")
    func broken() async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(platform: url)
            let agent = try await kiosk.start()
            try kiosk.configure(
                platform: url,
                yaml: "offline: {payment_limit: 1000, enabled: perhaps}\nnonsense: 1")
            await reload(agent, until: "nonsense")
            let log = agent.output.joined(separator: "\n")
            #expect(log.contains("the configuration stays as it was"), "\(log)")
            #expect(log.contains("offline.enabled"), "\(log)")
            #expect(!log.contains(Self.done))
            await sandbox.setNetwork(up: false)
            let seq = try await kiosk.request(1_250)
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.outcome(seq).state == "accepted")
            try kiosk.configure(platform: url, yaml: "offline: {payment_limit: 1000}")
            await reload(agent)
            #expect(agent.isRunning)
        }
    }

    @Test("a file that does not answer is given up, and a later reload is taken up")
    func hanging() async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(platform: url)
            let agent = try await kiosk.start()
            let path = kiosk.configuration.path
            try FileManager.default.removeItem(atPath: path)
            // Whoever opens it waits for a writer.
            try #require(mkfifo(path, 0o600) == 0)
            await reload(agent, until: "no answer within 10 s")
            #expect(agent.output.contains { $0.contains("the configuration stays as it was") })
            let writer = open(path, O_WRONLY | O_NONBLOCK)
            #expect(writer >= 0)
            close(writer)
            try kiosk.configure(platform: url, yaml: "offline: {payment_limit: 1000}")
            await reload(agent)
            #expect(agent.isRunning, "\(agent.output)")
        }
    }

    @Test("the log level changes, for every part of the agent")
    func level() async throws {
        try await withSandbox { _, url in
            let rules = "payment: {repeat_window: 0}\n"
            let kiosk = try Kiosk(platform: url, yaml: rules)
            let agent = try await kiosk.start()
            try kiosk.configure(platform: url, yaml: rules + "log: {level: critical}")
            await reload(agent)
            let quiet = try await paid(kiosk)
            try kiosk.configure(platform: url, yaml: rules)
            agent.signal(SIGHUP)
            try await eventually {
                let seq = try await paid(kiosk)
                return agent.output.contains { $0.contains(seq) }
            }
            #expect(!agent.output.contains { $0.contains(quiet) })
        }
    }

    private func paid(_ kiosk: Kiosk) async throws -> String {
        let seq = try await kiosk.request(100)
        try await kiosk.tap(Cards.normal)
        #expect(try await kiosk.outcome(seq).state == "settled")
        return seq
    }
}
