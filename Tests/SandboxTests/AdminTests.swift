import Logging
import Sandbox
import Testing

@Suite("The sandbox's control panel", .timeLimit(.minutes(1)))
struct AdminTests {
    @Test("is one page that allows itself only its own style and script")
    func page() async throws {
        try await withSandbox { sandbox async throws in
            let answer = try await sandbox.admin("GET", "")
            #expect(answer.status == 200)
            #expect(answer.header("content-type") == "text/html; charset=utf-8")
            let policy = try #require(answer.header("content-security-policy"))
            #expect(policy.hasPrefix("default-src 'none'; style-src 'sha256-"))
            #expect(!policy.contains("unsafe"))
            #expect(!answer.body.contains("innerHTML"))
            #expect(!answer.body.contains("style=\""))
        }
    }

    @Test("changes cards, member by member")
    func cards() async throws {
        try await withSandbox { sandbox async throws in
            let path = "cards/" + Harness.lostCard
            #expect(try await sandbox.admin("PUT", path, #"{"balance": 70}"#).status == 200)
            var card = await sandbox.server.card(Harness.lostCard)
            #expect((card?.balance, card?.st) == (70, "lost"))
            #expect(try await sandbox.admin("PUT", path, #"{"st": null}"#).status == 200)
            card = await sandbox.server.card(Harness.lostCard)
            #expect((card?.balance, card?.st) == (70, nil))
            #expect(try await sandbox.admin("PUT", "cards/191013515", "{}").status == 200)
            #expect(try await sandbox.admin("GET", "cards").value().list.count == 4)
        }
    }

    @Test(
        "refuses nonsense with a problem document",
        arguments: [
            ("PUT", "cards/1", #"{"balance": -1}"#), ("PUT", "cards/1", #"{"uid": "00"}"#),
            ("PUT", "cards/a%20b", "{}"), ("PUT", "faults", #"[{"mode": "explode"}]"#),
            ("PUT", "faults", #"[{"mode": "delay", "milliseconds": -1}]"#),
            ("PUT", "faults", #"[{"mode": "status", "status": 99}]"#),
            ("PUT", "network", "up"), ("POST", "taps", "{}"),
        ])
    func nonsense(_ method: String, _ path: String, _ body: String) async throws {
        try await withSandbox { sandbox async throws in
            let answer = try await sandbox.admin(method, path, body)
            #expect(answer.status == 400)
            #expect(answer.header("content-type") == "application/problem+json")
        }
    }

    @Test("sets, lists and clears faults")
    func faults() async throws {
        try await withSandbox { sandbox async throws in
            let body = #"[{"mode":"reset_after","method":"POST","times":2}]"#
            #expect(try await sandbox.admin("PUT", "faults", body).status == 200)
            #expect(
                await sandbox.server.faults()
                    == [SandboxFault(.resetAfter, method: "POST", times: 2)])
            #expect(try await sandbox.admin("GET", "faults").value().list.count == 1)
            #expect(try await sandbox.admin("DELETE", "faults").status == 204)
            #expect(await sandbox.server.faults().isEmpty)
        }
    }

    @Test("lists trades with their charges and refunds")
    func trades() async throws {
        try await withSandbox { sandbox async throws in
            let token = try await sandbox.cardToken()
            _ = try await sandbox.pay(1_250, token: token)
            _ = try await sandbox.reverse(token: token)
            let trade = try #require(try await sandbox.admin("GET", "trades").value().list.first)
            #expect(trade.object["seq"] == .text(Harness.seq))
            #expect(trade.object["card"] == .text(Harness.card))
            #expect(trade.object["amount"] == .number(1_250))
            #expect(trade.object["status"] == .text("closed"))
            #expect(trade.object["charges"] == .number(1))
            #expect(trade.object["refunds"] == .number(1))
            #expect(try await sandbox.admin("GET", "requests").value().list.count == 3)
        }
    }

    @Test("tells of changes as they come, and lets the sandbox end while it listens")
    func events() async throws {
        try await withSandbox { sandbox async throws in
            let (begun, begin) = AsyncStream.makeStream(of: Void.self)
            async let stream = sandbox.client.send("GET", "/admin/events") { begin.yield() }
            for await _ in begun { break }
            await sandbox.server.setNetwork(up: false)
            await sandbox.server.stop()
            let answer = try await stream
            #expect(answer.header("content-type") == "text/event-stream")
            #expect(answer.body.contains("event: change\ndata: {}\n\n"))
            #expect(answer.ending == .closed)
        }
    }

    @Test("inserts a card for a time, one card a reader")
    func taps() async throws {
        let reader = try MuteListener()
        try await withSandbox(readers: [reader.port]) { sandbox async throws in
            let tap = #"{"card": "\#(Harness.card)", "seconds": 60}"#
            let first = try await sandbox.admin("POST", "taps", tap)
            #expect(first.status == 202)
            #expect(try first.json()["reader"] == .number(Int64(reader.port)))
            #expect(try await sandbox.admin("POST", "taps", tap).status == 409)
        }
    }

    @Test("says that there is no reader, no such card, or no identifier")
    func noTaps() async throws {
        let cards = [SandboxCard(number: Harness.card), SandboxCard(number: "001")]
        try await withSandbox(cards: cards) { sandbox async throws in
            let server = sandbox.server
            await #expect(throws: SandboxError.noReader) {
                try await server.tap(Harness.card, seconds: 1)
            }
            await #expect(throws: SandboxError.unknownCard) {
                try await server.tap("none", seconds: 1)
            }
            await #expect(throws: SandboxError.noIdentifier) {
                try await server.tap("001", seconds: 1)
            }
        }
    }

    @Test("is not for pages of other origins")
    func origins() async throws {
        try await withSandbox { sandbox async throws in
            for headers in [["Host": "evil.example"], ["Origin": "http://evil.example"]] {
                let answer = try await sandbox.client.send(
                    "PUT", "/admin/network", headers: headers, body: #"{"up": false}"#)
                #expect(answer.status == 403)
            }
        }
    }

    @Test("listens on loopback only", arguments: ["0.0.0.0", "192.168.1.5", "::", "example.com"])
    func loopback(_ host: String) {
        #expect(throws: SandboxError.notLoopback(host)) {
            try SandboxServer(host: host, logger: Logger(label: "unused"))
        }
    }

    @Test("refuses bodies above 64 KiB")
    func tooLarge() async throws {
        try await withSandbox { sandbox async throws in
            let body = String(repeating: "x", count: 64 * 1_024 + 1)
            let answer = try await sandbox.client.send("POST", "/oauth/v2/token", body: body)
            #expect(answer.status == 413)
        }
    }
}
