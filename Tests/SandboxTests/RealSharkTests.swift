import Sandbox
import Testing

@Suite("The sandbox's RealShark", .timeLimit(.minutes(1)))
struct RealSharkTests {
    private static let callback = "http://127.0.0.1:9/back"
    private static let client =
        "&app_key=\(SandboxServer.testClientID)&app_secret=\(SandboxServer.testClientSecret)"

    private func address(_ type: String) -> String {
        "/realshark/authorize?response_type=\(type)&app_key=\(SandboxServer.testClientID)"
            + "&state=s&redirect_uri=" + Self.callback
    }

    private func codeForm(_ code: String, state: String = "s") -> String {
        "grant_type=authorization_code&code=\(code)&state=\(state)&redirect_uri="
            + Self.callback + Self.client
    }

    private func ask(
        _ sandbox: Harness, _ form: String, _ method: String = "POST"
    ) async throws -> RawAnswer {
        let isPost = method == "POST"
        return try await sandbox.client.send(
            method, "/realshark/token" + (isPost ? "" : "?" + form), body: isPost ? form : "")
    }

    @Test(
        "redeems a code once, by POST or GET, and tells both expiries",
        arguments: ["POST", "GET"])
    func code(_ method: String) async throws {
        try await withSandbox { sandbox async throws in
            let code = try await sandbox.browserCode(address("code"))
            let answer = try await ask(sandbox, codeForm(code), method)
            #expect(answer.status == 200)
            let told = try answer.json()
            #expect((7_139...7_199).contains(told["access_expires_in"]?.number ?? 0))
            #expect((2_591_940...2_592_000).contains(told["refresh_expires_in"]?.number ?? 0))
            #expect(told["userid"]?.text?.utf8.count == 32)
            #expect(told["access_token"]?.text != nil)
            #expect(try await ask(sandbox, codeForm(code), method).status == 400)
        }
    }

    @Test("gives a code ten minutes")
    func codeEnds() async throws {
        let clock = TestClock(1_700_000_000_000)
        try await withSandbox(now: { clock.now }) { sandbox async throws in
            for (milliseconds, status) in [(599_999, 200), (600_000, 400)] {
                let code = try await sandbox.browserCode(address("code"))
                clock.advance(by: Int64(milliseconds))
                #expect(try await ask(sandbox, codeForm(code)).status == status)
            }
        }
    }

    @Test("sends a token back in the fragment, with the state")
    func fragment() async throws {
        try await withSandbox { sandbox async throws in
            let answer = try await sandbox.client.send(
                "GET", address("token") + "&login=" + Harness.card)
            #expect(answer.status == 302)
            let location = try #require(answer.header("location"))
            #expect(location.hasPrefix(Self.callback + "#access_token="))
            #expect(location.contains(#/&access_expires_in=71\d\d&/#))
            #expect(location.hasSuffix("&state=s"))
            #expect(!location.contains("?"))
        }
    }

    @Test("refreshes once, by POST alone")
    func refresh() async throws {
        try await withSandbox { sandbox async throws in
            let code = try await sandbox.browserCode(address("code"))
            let first = try await ask(sandbox, codeForm(code)).json()
            let refresh = try #require(first["refresh_token"]?.text)
            let form = "grant_type=refresh_token&state=s&refresh_token=" + refresh + Self.client
            #expect(try await ask(sandbox, form, "GET").status == 405)
            let second = try await ask(sandbox, form)
            #expect(second.status == 200)
            #expect(try second.json()["userid"] == first["userid"])
            #expect(try second.json()["access_token"] != first["access_token"])
            #expect(try await ask(sandbox, form).status == 400)
        }
    }

    @Test("uses a code up when it comes with another state")
    func otherState() async throws {
        try await withSandbox { sandbox async throws in
            let code = try await sandbox.browserCode(address("code"))
            #expect(try await ask(sandbox, codeForm(code, state: "t")).status == 400)
            #expect(try await ask(sandbox, codeForm(code)).status == 400)
        }
    }

    @Test(
        "refuses in the manner of RFC 6749",
        arguments: [
            ("grant_type=authorization_code&code=x&app_key=x", 401, "invalid_client"),
            ("grant_type=magic", 400, "unsupported_grant_type"),
            ("state=s", 400, "invalid_request"),
            ("grant_type=authorization_code", 400, "invalid_request"),
            ("grant_type=authorization_code&code=x", 400, "invalid_grant"),
            ("grant_type=refresh_token&refresh_token=x", 400, "invalid_grant"),
        ])
    func refusals(_ form: String, _ status: Int, _ error: String) async throws {
        try await withSandbox { sandbox async throws in
            let answer = try await ask(sandbox, form + Self.client)
            #expect(answer.status == status)
            #expect(try answer.json()["error"] == .text(error))
        }
    }
}
