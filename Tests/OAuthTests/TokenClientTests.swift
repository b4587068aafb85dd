import OAuth
import Synchronization
import Testing

@Suite("The client that gets tokens")
struct TokenClientTests {
    /// A clock that stands until it is moved.
    private final class Uptime: Sendable {
        private let now = Mutex(Duration.seconds(1_000))

        func read() -> Duration { now.withLock { $0 } }
        func pass(_ duration: Duration) { now.withLock { $0 += duration } }
    }

    private static func client(_ wire: ScriptedWire, _ uptime: Uptime = Uptime()) -> TokenClient {
        TokenClient(
            platform: SovellOAuth(
                baseURL: "https://pre.sovell.com", clientID: "id", clientSecret: Secret("secret")),
            wire: wire, timeout: .seconds(3), uptime: { uptime.read() })
    }

    private static func answer(
        _ access: String, expiresIn: Int? = nil
    ) -> Result<WireResponse, WireFailure> {
        let life = expiresIn.map { #","expires_in":\#($0)"# } ?? ""
        return .success(WireResponse(200, #"{"access_token":"\#(access)"\#(life)}"#))
    }

    @Test("one exchange is one request, bounded by the timeout")
    func exchange() async throws {
        let wire = ScriptedWire([Self.answer("t1")])
        let token = try await Self.client(wire).exchange(.card(Secret("001")))
        #expect(token.access.exposed == "t1")
        let platform = SovellOAuth(
            baseURL: "https://pre.sovell.com", clientID: "id", clientSecret: Secret("secret"))
        let request = try platform.request(for: .card(Secret("001")))
        #expect(await wire.requests == [request])
        #expect(await wire.timeouts == [.seconds(3)])
    }

    /// Life in seconds, and for how long after the exchange the token is used.
    @Test(
        "the terminal's token is renewed 60 s before its end, a short one after half its life",
        arguments: [
            (7_199, Duration.seconds(7_139)), (3_600, .seconds(3_540)), (121, .seconds(61)),
            (120, .seconds(60)), (60, .seconds(30)), (1, .milliseconds(500)),
        ])
    func earlyRenewal(life: Int, use: Duration) async throws {
        let uptime = Uptime()
        let wire = ScriptedWire([Self.answer("t1", expiresIn: life), Self.answer("t2")])
        let client = Self.client(wire, uptime)
        #expect(try await client.terminalToken().access.exposed == "t1")
        uptime.pass(use - .milliseconds(1))
        #expect(try await client.terminalToken().access.exposed == "t1")
        #expect(await wire.requests.count == 1)
        uptime.pass(.milliseconds(1))
        #expect(try await client.terminalToken().access.exposed == "t2")
        #expect(await wire.requests.count == 2)
    }

    @Test("a token that does not tell its life is not kept")
    func unknownLife() async throws {
        let wire = ScriptedWire([Self.answer("t1"), Self.answer("t2")])
        let client = Self.client(wire)
        #expect(try await client.terminalToken().access.exposed == "t1")
        #expect(try await client.terminalToken().access.exposed == "t2")
    }

    @Test("a card is exchanged anew each time, and does not disturb the terminal's token")
    func cardsAreNeverKept() async throws {
        let wire = ScriptedWire([
            Self.answer("terminal", expiresIn: 7_199), Self.answer("c1", expiresIn: 7_199),
            Self.answer("c2", expiresIn: 7_199),
        ])
        let client = Self.client(wire)
        #expect(try await client.terminalToken().access.exposed == "terminal")
        #expect(try await client.exchange(.card(Secret("001"))).access.exposed == "c1")
        #expect(try await client.exchange(.card(Secret("001"))).access.exposed == "c2")
        #expect(try await client.terminalToken().access.exposed == "terminal")
        #expect(await wire.requests.count == 3)
    }

    @Test("a renewal replaces a token that is still good")
    func renewal() async throws {
        let wire = ScriptedWire([
            Self.answer("t1", expiresIn: 7_199), Self.answer("t2", expiresIn: 7_199),
        ])
        let client = Self.client(wire)
        _ = try await client.terminalToken()
        #expect(try await client.renewTerminalToken().access.exposed == "t2")
        #expect(try await client.terminalToken().access.exposed == "t2")
        #expect(await wire.requests.count == 2)
    }

    @Test("a failure is not kept: the next call asks again")
    func afterFailure() async throws {
        let wire = ScriptedWire([
            .failure(.notSent("connection refused")), .success(WireResponse(503)),
            Self.answer("t1", expiresIn: 7_199),
        ])
        let client = Self.client(wire)
        await #expect(throws: TokenError.unreachable("connection refused")) {
            try await client.terminalToken()
        }
        await #expect(throws: TokenError.later(status: 503, after: nil)) {
            try await client.terminalToken()
        }
        #expect(try await client.terminalToken().access.exposed == "t1")
    }

    @Test("a token that expired while it could not be renewed is not given out")
    func expiredWhileDown() async throws {
        let uptime = Uptime()
        let wire = ScriptedWire([
            Self.answer("t1", expiresIn: 7_199), .failure(.unknown("no answer in time")),
        ])
        let client = Self.client(wire, uptime)
        _ = try await client.terminalToken()
        uptime.pass(.seconds(7_200))
        await #expect(throws: TokenError.unreachable("no answer in time")) {
            try await client.terminalToken()
        }
    }
}
