import Sandbox
import Testing

@Suite("The form of the sandbox's answers is that of Tests/Fixtures", .timeLimit(.minutes(1)))
struct FormTests {
    /// Each answer to a GET with a token of this kind, and its file.
    private static let answers: [(path: String, isCard: Bool, file: String)] = [
        ("/oauth/v2/session/s-1/code", false, "session-code.json"),
        ("/oauth/v2/userinfo", true, "userinfo.json"),
        ("/sovellpay/v2/accounts", true, "accounts.json"),
        ("/sovellpay/v2/props?limit=1", true, "props.json"),
    ]

    @Test("what is asked for with a token", arguments: answers)
    func answer(path: String, isCard: Bool, file: String) async throws {
        try await withSandbox { sandbox async throws in
            let token = try await isCard ? sandbox.cardToken() : sandbox.terminalToken()
            let answer = try await sandbox.get(path, token: token)
            #expect(answer.status == 200)
            #expect(try answer.value().shape == JSONValue.fixture(file).shape)
        }
    }

    @Test("what is known of a token")
    func check() async throws {
        try await withSandbox { sandbox async throws in
            let token = try await sandbox.cardToken(Harness.lostCard)
            let answer = try await sandbox.client.send(
                "POST", "/oauth/v2/check_token", body: "token=" + token)
            #expect(try answer.value().shape == JSONValue.fixture("check-token.json").shape)
        }
    }

    @Test("the state of a session, and the order that its code pays")
    func code() async throws {
        try await withSandbox { sandbox async throws in
            let phone = try await sandbox.cardToken()
            let path = "/oauth/v2/session/s-1/state"
            let code = try #require(try await sandbox.openSession("s-1", token: phone))
            let before = try await sandbox.get(path, token: phone).value()
            #expect(try before == JSONValue.fixture("session-state-unused.json"))
            let token = try #require(try await sandbox.redeem(code).json()["access_token"]?.text)
            let after = try await sandbox.get(path, token: phone).value()
            #expect(try after == JSONValue.fixture("session-state-used.json"))
            let trade = try await sandbox.pay(1_250, token: token).value()
            #expect(try trade.shape == JSONValue.fixture("trade-code.json").shape)
        }
    }
}
