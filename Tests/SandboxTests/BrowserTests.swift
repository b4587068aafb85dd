import Sandbox
import Testing

@Suite("A browser at the sandbox's login page", .timeLimit(.minutes(1)))
struct BrowserTests {
    private static let callback = "http://127.0.0.1:9/back"
    private static let address =
        "/oauth/v2/authorize?response_type=code&client_id=\(SandboxServer.testClientID)"
        + "&redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2Fback&state=a%26b%20%E5%AD%97"

    @Test("sees a link for each card's holder, and nothing that could run")
    func page() async throws {
        let cards = [SandboxCard(number: "001", name: "<b>\"Li\" & Co</b>")]
        try await withSandbox(cards: cards) { sandbox async throws in
            let page = try await sandbox.client.send("GET", Self.address)
            #expect(page.status == 200)
            #expect(page.header("content-type") == "text/html; charset=utf-8")
            let policy = "default-src 'none'; frame-ancestors 'none'"
            #expect(page.header("content-security-policy") == policy)
            #expect(page.body.contains(">&lt;b&gt;&quot;Li&quot; &amp; Co&lt;/b&gt;</a>"))
            #expect(page.body.contains("state=a%26b%20%E5%AD%97&amp;login=001\""))
        }
    }

    @Test("comes back with a code and its state; the code is redeemed once")
    func code() async throws {
        try await withSandbox { sandbox async throws in
            let code = try await sandbox.browserCode(Self.address)
            let token = try await sandbox.redeem(code, redirect: Self.callback)
            #expect(token.status == 200)
            #expect(try token.json()["card"] == nil)
            #expect(try await sandbox.redeem(code, redirect: Self.callback).status == 400)
        }
    }

    @Test("brings the state back as it was")
    func state() async throws {
        try await withSandbox { sandbox async throws in
            let answer = try await sandbox.client.send(
                "GET", Self.address + "&login=" + Harness.card)
            #expect(answer.status == 302)
            let location = try #require(answer.header("location"))
            #expect(location.hasPrefix(Self.callback + "?code="))
            #expect(location.hasSuffix("&state=a%26b%20%E5%AD%97"))
        }
    }

    @Test("comes back with access_denied when its user says no")
    func denied() async throws {
        try await withSandbox { sandbox async throws in
            let answer = try await sandbox.client.send("GET", Self.address + "&login=")
            #expect(answer.status == 302)
            let location = try #require(answer.header("location"))
            #expect(location.hasPrefix(Self.callback + "?error=access_denied&state="))
        }
    }

    @Test("has a code for nobody who names another address", arguments: ["", "http://localhost/"])
    func otherAddress(_ redirect: String) async throws {
        try await withSandbox { sandbox async throws in
            let code = try await sandbox.browserCode(Self.address)
            #expect(try await sandbox.redeem(code, redirect: redirect).status == 400)
            #expect(try await sandbox.redeem(code, redirect: Self.callback).status == 400)
        }
    }

    @Test(
        "goes to the registered site and this machine only",
        arguments: [
            ("http%3A%2F%2Flocalhost%3A1%2Fx", 200), ("https%3A%2F%2Fshop.example.com%2F", 200),
            ("https%3A%2F%2Fevil.example%2F", 400),
            ("http%3A%2F%2F127.0.0.1%40evil.example", 400), ("http%3A%2F%2F127.0.0.1%2F%23x", 400),
            ("http%3A%2F%2F127.0.0.1%2F%0D%0Ax", 400), ("javascript%3Ax", 400), ("", 400),
        ])
    func sites(_ redirect: String, _ status: Int) async throws {
        try await withSandbox { sandbox async throws in
            let answer = try await sandbox.client.send(
                "GET",
                "/oauth/v2/authorize?response_type=code&redirect_uri=\(redirect)&client_id="
                    + SandboxServer.testClientID)
            #expect(answer.status == status)
            #expect(answer.header("location") == nil)
        }
    }

    @Test(
        "is told at once that the client, the type or the card is wrong",
        arguments: [
            ("client_id=x", "client_id=\(SandboxServer.testClientID)"),
            ("response_type=token", "response_type=code"), ("state=%zz", "state=a%26b"),
        ])
    func refusals(_ wrong: String, _ right: String) async throws {
        try await withSandbox { sandbox async throws in
            let broken = Self.address.replacing(right, with: wrong)
            #expect(broken != Self.address)
            let answer = try await sandbox.client.send("GET", broken + "&login=" + Harness.card)
            #expect((answer.status, answer.header("location")) == (400, nil))
            let nobody = try await sandbox.client.send("GET", Self.address + "&login=none")
            #expect((nobody.status, nobody.header("location")) == (400, nil))
        }
    }
}
