import OAuth
import Testing

@Suite("The platforms' answers of Tests/Fixtures, as the client reads them")
struct AnswerTests {
    private static let sovell = SovellOAuth(
        baseURL: "https://p", clientID: "id", clientSecret: Secret("secret"))

    private static func client(_ script: String...) throws -> TokenClient {
        let answers = try script.map { name in
            Result<WireResponse, WireFailure>.success(
                WireResponse(status: 200, body: try fixture(name)))
        }
        return TokenClient(
            platform: sovell, wire: ScriptedWire(answers), timeout: .seconds(3),
            uptime: { .seconds(1) })
    }

    @Test("a session has a code to show")
    func session() async throws {
        let client = try Self.client("token-terminal.json", "session-code.json")
        let session = try await client.openSession(pause: { _ in false }, makeName: { "n" })
        let code = Secret("9c1d7f52-4b0e-4a86-b6f0-2c5d8e914a37")
        #expect(session == QRSession(name: "n", code: code))
    }

    @Test(
        "a session says whether its code was used",
        arguments: [
            ("session-state-unused.json", QRSession.State.unused),
            ("session-state-used.json", .used),
        ])
    func state(name: String, state: QRSession.State) async throws {
        let client = try Self.client("token-terminal.json", name)
        #expect(try await client.state(ofSession: "n") == state)
    }

    @Test("what the platform knows of a token and its holder comes as it was told")
    func told() async throws {
        let client = try Self.client("check-token.json", "userinfo.json")
        #expect(try await client.inspect(Secret("t")).body == fixture("check-token.json"))
        #expect(try await client.user(of: Secret("t")).body == fixture("userinfo.json"))
    }

    /// The access token, whether it can be refreshed, and the roles.
    private static let tokens: [(name: String, access: String, refresh: Bool, roles: [String])] = [
        ("token-terminal.json", "3d0f7c1e-58a2-4b69-9f04-7e2b1c6d8a95", false, []),
        ("token-card.json", "b5e94a70-1c3d-4f28-8a6e-0d7f52c913b4", true, ["root", "card"]),
        ("token-code.json", "0a6d3f92-e817-4c5b-a2d4-9b1e7c60f358", true, ["root"]),
    ]

    @Test("a token of the terminal, of a card and of a code", arguments: tokens)
    func token(name: String, access: String, refresh: Bool, roles: [String]) throws {
        let body = try fixture(name)
        let token = try Self.sovell.token(in: WireResponse(status: 200, body: body))
        #expect(token.access.exposed == access)
        #expect((token.refresh != nil) == refresh)
        #expect(token.roles == roles)
        #expect(token.expiresIn == .seconds(7_199))
        #expect(token.scope == ["pass:payment", "openid"])
        #expect(token.card?.exposed == (roles.contains("card") ? "001" : nil))
        #expect(token.cardState == nil)
    }

    @Test(
        "a refusal says whose it is",
        arguments: [
            ("error-unknown-card.json", 400, TokenError.invalidGrant),
            ("error-unknown-client.json", 401, .invalidClient),
        ])
    func refusal(name: String, status: Int, error: TokenError) throws {
        let body = try fixture(name)
        #expect(throws: error) {
            try Self.sovell.token(in: WireResponse(status: status, body: body))
        }
    }
}
