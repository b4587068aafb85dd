import Sandbox
import Testing

@Suite("The sandbox's codes", .timeLimit(.minutes(1)))
struct CodeTests {
    @Test("come by text message and pay once, without a card in the answer")
    func message() async throws {
        try await withSandbox { sandbox async throws in
            let sent = try await sandbox.sendCode(to: Harness.phone)
            #expect((sent.status, sent.body) == (200, ""))
            let message = try #require(await sandbox.server.messages().last)
            #expect((message.phone, message.title) == (Harness.phone, "Lunch"))
            #expect(message.code.utf8.count == 6)
            let answer = try await sandbox.redeem(message.code)
            #expect(answer.status == 200)
            #expect(try answer.json()["card"] == nil)
            #expect(try answer.json()["roles"] == .text("root"))
            let token = try #require(try answer.json()["access_token"]?.text)
            let trade = try await sandbox.pay(1_250, token: token).json()
            #expect(trade["status"] == .text("normal"))
            let detail = try #require(trade["detail"]?.list.first?.object)
            #expect(detail["card"] == nil)
            #expect(detail["amount"] == .number(1_250))
            #expect(await sandbox.server.card(Harness.card)?.balance == 3_750)
            #expect(try await sandbox.redeem(message.code).status == 400)
        }
    }

    @Test("by text message are for a terminal that names a phone and a title")
    func messageRefusals() async throws {
        try await withSandbox { sandbox async throws in
            let (card, terminal) = (
                try await sandbox.cardToken(), try await sandbox.terminalToken()
            )
            for (query, token, status) in [
                ("phone=\(Harness.phone)&title=Lunch", "nonsense", 401),
                ("phone=\(Harness.phone)&title=Lunch", card, 401),
                ("phone=\(Harness.phone)", terminal, 400), ("title=Lunch", terminal, 400),
                ("phone=13900000000&title=Lunch", terminal, 404),
            ] {
                let answer = try await sandbox.get("/oauth/v2/code?\(query)", token: token)
                #expect(answer.status == status)
            }
            #expect(await sandbox.server.messages().isEmpty)
        }
    }

    @Test("by text message end with the next one and with their time")
    func messageEnds() async throws {
        let clock = TestClock(1_700_000_000_000)
        try await withSandbox(now: { clock.now }) { sandbox async throws in
            _ = try await sandbox.sendCode(to: Harness.phone)
            _ = try await sandbox.sendCode(to: Harness.phone)
            let codes = await sandbox.server.messages().map(\.code)
            #expect(try await sandbox.redeem(codes[0]).status == 400)
            #expect(try await sandbox.redeem(codes[1]).status == 200)
            _ = try await sandbox.sendCode(to: Harness.phone)
            let last = try #require(await sandbox.server.messages().last?.code)
            clock.advance(by: 300_000)
            let late = try await sandbox.redeem(last)
            #expect(late.status == 400)
            #expect(try late.json()["error"] == .text("invalid_grant"))
        }
    }

    @Test("of a QR session pay for the phone that shows it, and its state becomes used")
    func phoneSession() async throws {
        try await withSandbox { sandbox async throws in
            let phone = try await sandbox.cardToken()
            let code = try #require(try await sandbox.openSession("s-1", token: phone))
            #expect(try await sandbox.sessionState("s-1", token: phone) == "unused")
            let token = try #require(try await sandbox.redeem(code).json()["access_token"]?.text)
            #expect(try await sandbox.sessionState("s-1", token: phone) == "used")
            #expect(try await sandbox.redeem(code).status == 400)
            #expect(try await sandbox.pay(1_250, token: token).status == 200)
            #expect(await sandbox.server.card(Harness.card)?.balance == 3_750)
        }
    }

    @Test("of a terminal's QR session are used up by the phone that scans it")
    func terminalSession() async throws {
        try await withSandbox { sandbox async throws in
            let terminal = try await sandbox.terminalToken()
            let code = try #require(try await sandbox.openSession("s-1", token: terminal))
            #expect(await sandbox.server.sessions().map(\.state) == [.waiting])
            try await sandbox.server.scanSession("s-1")
            #expect(await sandbox.server.sessions().map(\.state) == [.used])
            #expect(try await sandbox.sessionState("s-1", token: terminal) == "used")
            #expect(try await sandbox.redeem(code).status == 400)
            await #expect(throws: SandboxError.sessionOver) {
                try await sandbox.server.scanSession("s-1")
            }
            await #expect(throws: SandboxError.unknownSession) {
                try await sandbox.server.scanSession("s-2")
            }
        }
    }

    @Test("want a session name that nobody ever took")
    func sessionNames() async throws {
        let clock = TestClock(1_700_000_000_000)
        try await withSandbox(now: { clock.now }) { sandbox async throws in
            let terminal = try await sandbox.terminalToken()
            let path = "/oauth/v2/session/s-1/code"
            #expect(try await sandbox.get(path, token: terminal).status == 200)
            #expect(try await sandbox.get(path, token: terminal).status == 409)
            clock.advance(by: 300_000)
            #expect(try await sandbox.get(path, token: terminal).status == 409)
            #expect(try await sandbox.get(path, token: "nonsense").status == 401)
            let long = String(repeating: "s", count: 65)
            let tooLong = "/oauth/v2/session/\(long)/code"
            #expect(try await sandbox.get(tooLong, token: terminal).status == 400)
        }
    }

    @Test("of a QR session end with their time, and then nobody knows the session")
    func sessionEnds() async throws {
        let clock = TestClock(1_700_000_000_000)
        try await withSandbox(now: { clock.now }) { sandbox async throws in
            let terminal = try await sandbox.terminalToken()
            let code = try #require(try await sandbox.openSession("s-1", token: terminal))
            let path = "/oauth/v2/session/s-1/state"
            clock.advance(by: 299_999)
            #expect(try await sandbox.get(path, token: terminal).status == 200)
            clock.advance(by: 1)
            #expect(try await sandbox.get(path, token: terminal).status == 404)
            #expect(await sandbox.server.sessions().map(\.state) == [.expired])
            #expect(try await sandbox.redeem(code).status == 400)
            #expect(
                try await sandbox.get("/oauth/v2/session/s-2/state", token: terminal).status
                    == 404)
        }
    }

    @Test("are sent, shown and scanned from the control panel")
    func panel() async throws {
        try await withSandbox { sandbox async throws in
            let text = try await sandbox.admin(
                "POST", "messages", #"{"phone": "\#(Harness.phone)"}"#)
            #expect(text.status == 201)
            let typed = try #require(try text.json()["code"]?.text)
            #expect(try await sandbox.redeem(typed).status == 200)
            let shown = try await sandbox.admin("POST", "codes", #"{"card": "\#(Harness.card)"}"#)
            #expect(shown.status == 201)
            let name = try #require(try shown.json()["name"]?.text)
            let scan = "sessions/\(name)/scan"
            #expect(try await sandbox.admin("POST", scan).json()["state"] == .text("used"))
            #expect(try await sandbox.admin("POST", scan).status == 409)
            #expect(try await sandbox.admin("GET", "sessions").value().list.count == 1)
            #expect(try await sandbox.admin("GET", "messages").value().list.count == 1)
            for (path, body, status) in [
                ("messages", "{}", 400), ("messages", #"{"phone": "0"}"#, 404),
                ("codes", "{}", 400), ("codes", #"{"card": "none"}"#, 404),
                ("sessions/none/scan", "", 404),
            ] {
                #expect(try await sandbox.admin("POST", path, body).status == status)
            }
        }
    }

    @Test("leave no trace in the journal")
    func journal() async throws {
        try await withSandbox { sandbox async throws in
            _ = try await sandbox.sendCode(to: Harness.phone)
            let code = try #require(await sandbox.server.messages().last?.code)
            _ = try await sandbox.redeem(code)
            let requests = await sandbox.server.requests()
            #expect(
                requests.map(\.path)
                    == ["/oauth/v2/token", "/oauth/v2/code", "/oauth/v2/token"])
            #expect(requests.last?.note == "authorization_code")
        }
    }
}
