import Foundation
import Sandbox
import Testing

@Suite("What agents log") struct LogTests {
    /// A line of a log as JSON.
    private struct Event: Decodable {
        var at: Int64
        var level: String
        var message: String
        var seq: String?
        var state: String?
        var card: String?

        init(_ line: String) throws {
            self = try JSONDecoder().decode(Self.self, from: Data(line.utf8))
        }
    }

    @Test("each line is JSON when asked for, and each about a payment has its seq")
    func json() async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(platform: url, yaml: "log: {format: json}")
            let agent = try await kiosk.start()
            let seq = try await kiosk.request(500)
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.outcome(seq).state == "settled")
            await agent.wait { lines in
                lines.contains { $0.contains(seq) && $0.contains("settled") }
            }
            agent.signal(SIGTERM)
            #expect(await agent.end() == 0)
            let events = try agent.output.map { try Event($0) }
            let payments = events.filter { $0.message == "payment" }
            #expect(payments.map(\.state) == ["awaiting_card", "pending", "settled"])
            #expect(payments.map(\.seq) == [seq, seq, seq])
            let cards = events.filter { $0.message == "card" }
            #expect(cards.map(\.seq) == [seq] && cards.map(\.card) == ["****6E80"])
            #expect(events.last?.message == "the agent has stopped")
        }
    }

    @Test("what is forbidden in a log is found")
    func forbidden() {
        let words = ForbiddenWords()
        words.add("654321")
        words.add("tiny")
        words.add(body: ["card": "CARD0042", "amount": 500])
        words.add(environment: ["KIOSK_API_OPERATOR_TOKEN": "op-5d1f0c", "HOME": "/home/someone"])
        let bad = [
            "info card card=\(Cards.normal)", "x\(SandboxServer.testClientSecret)x",
            "code=654321", "654321", "CARD0042", "token op-5d1f0c", "Authorization: bearer x",
            "token 0f8fad5b-d9cb-469f-a165-70867728950e",
        ]
        let good = [
            "info card card=****6E80", "seq=K0016543210000000", "fen=1654321", "tiny",
            "/home/someone", "wrong operator tokens come again and again",
        ]
        for line in bad { #expect(words.lines(of: [line]) == [line]) }
        #expect(words.lines(of: good) == [])
        #expect(words.lines(of: good + bad) == bad)
    }

    @Test("the log of each running agent is looked through, not what commands print")
    func agents() {
        let agent = Program.products.appending(path: "kiosk-agent").path
        let lines = [
            [agent, "run", "--config", "c"], ["/usr/bin/strace", "-f", agent, "run"],
        ]
        for line in lines { #expect(Program.isAgent(line), "\(line)") }
        let others = [
            [agent, "read"], [agent, "payments", "show", "run"], ["/usr/bin/kiosk-sandbox", "run"],
            [agent], [],
        ]
        for line in others { #expect(!Program.isAgent(line), "\(line)") }
    }
}
