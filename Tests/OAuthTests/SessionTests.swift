import OAuth
import Synchronization
import Testing

@Suite("A session whose code is shown")
struct SessionTests {
    /// The pauses that were asked for, during which the clock goes on.
    private final class Pauses: Sendable {
        private let made = Mutex<[Duration]>([])
        private let names = Mutex(0)

        var all: [Duration] { made.withLock { $0 } }
        var uptime: Duration { all.reduce(.seconds(1_000), +) }
        func pause(_ duration: Duration) -> Bool {
            made.withLock { $0.append(duration) }
            return true
        }
        func name() -> String {
            names.withLock { count in
                count += 1
                return "n\(count)"
            }
        }
    }

    private typealias Answer = Result<WireResponse, WireFailure>

    private static let token = Answer.success(
        WireResponse(200, #"{"access_token":"t","expires_in":7199}"#))
    private static let down = Answer.failure(.unknown("reset"))

    private static func answer(_ status: Int, _ body: String = "") -> Answer {
        .success(WireResponse(status, body))
    }

    private static func client(_ wire: ScriptedWire, _ pauses: Pauses) -> TokenClient {
        TokenClient(
            platform: SovellOAuth(
                baseURL: "https://p", clientID: "id", clientSecret: Secret("s")),
            wire: wire, timeout: .seconds(3), uptime: { pauses.uptime })
    }

    private static func open(_ client: TokenClient, _ pauses: Pauses) async throws -> QRSession {
        try await client.openSession(
            pause: { pauses.pause($0) }, makeName: { pauses.name() })
    }

    private static func urls(_ wire: ScriptedWire) async -> [String] {
        await wire.requests.map(\.url).filter { $0.contains("/session/") }
    }

    @Test("a name that is taken is followed by another one at once")
    func taken() async throws {
        let pauses = Pauses()
        let wire = ScriptedWire([
            Self.token, Self.answer(409), Self.answer(409), Self.answer(200, #"{"code":"c"}"#),
        ])
        let session = try await Self.open(Self.client(wire, pauses), pauses)
        #expect(session == QRSession(name: "n3", code: Secret("c")))
        #expect(pauses.all.isEmpty)
        let base = "https://p/oauth/v2/session/"
        #expect(await Self.urls(wire) == ["n1", "n2", "n3"].map { base + $0 + "/code" })
    }

    @Test("it is not tried for ever")
    func allTaken() async {
        let pauses = Pauses()
        let wire = ScriptedWire(
            [Self.token] + Array(repeating: Self.answer(409), count: 20))
        await #expect(throws: TokenError.namesTaken) {
            try await Self.open(Self.client(wire, pauses), pauses)
        }
        #expect(await Self.urls(wire).count == 8)
    }

    @Test("other failures are tried again after growing pauses, four in all")
    func failures() async {
        let pauses = Pauses()
        let wire = ScriptedWire([
            Self.token, Self.down, Self.answer(503), Self.answer(200, "<html>"), Self.down,
        ])
        await #expect(throws: TokenError.unreachable("reset")) {
            try await Self.open(Self.client(wire, pauses), pauses)
        }
        #expect(pauses.all == [.milliseconds(500), .seconds(1), .seconds(2)])
        #expect(await wire.requests.count == 5)
    }

    @Test(
        "what will not change is not tried again",
        arguments: [
            (302, "", TokenError.redirected(status: 302)),
            (403, #"{"error":"invalid_client"}"#, .invalidClient),
            (400, #"{"error":"no"}"#, .refused("no")),
        ])
    func definite(status: Int, body: String, error: TokenError) async {
        let pauses = Pauses()
        let wire = ScriptedWire([Self.token, Self.answer(status, body)])
        await #expect(throws: error) { try await Self.open(Self.client(wire, pauses), pauses) }
        #expect(pauses.all.isEmpty)
    }

    private static let session = QRSession(name: "n/1", code: Secret("c"))

    private static func wait(
        _ script: [Answer], _ pauses: Pauses
    ) async throws -> QRSession.State {
        try await client(ScriptedWire([token] + script), pauses)
            .waitUntilUsed(session, pause: { pauses.pause($0) })
    }

    @Test("it is asked each second until it was used; failures in between are borne")
    func used() async throws {
        let pauses = Pauses()
        let unused = Self.answer(200, #"{"code":"unused"}"#)
        let state = try await Self.wait(
            [unused, Self.down, unused, Self.answer(200, #"{"code":"used"}"#)], pauses)
        #expect(state == .used)
        #expect(pauses.all == [.seconds(1), .milliseconds(500), .seconds(1)])
    }

    @Test("its state is asked by its name")
    func url() async throws {
        let wire = ScriptedWire([Self.token, Self.answer(200, #"{"code":"unused"}"#)])
        #expect(try await Self.client(wire, Pauses()).state(ofSession: "n/1") == .unused)
        #expect(await Self.urls(wire) == ["https://p/oauth/v2/session/n%2F1/state"])
    }

    @Test("it ends when the platform has forgotten it", arguments: [404, 410])
    func forgotten(status: Int) async throws {
        #expect(try await Self.wait([Self.answer(status)], Pauses()) == .expired)
    }

    @Test("it ends when its time is over")
    func expired() async throws {
        let pauses = Pauses()
        let unused = Self.answer(200, #"{"code":"unused"}"#)
        #expect(try await Self.wait(Array(repeating: unused, count: 200), pauses) == .expired)
        #expect(pauses.all.count == 120)
    }

    @Test(
        "a state that nobody knows is no answer",
        arguments: [#"{"code":"maybe"}"#, "{}", "[]", #"{"code":7}"#])
    func unknownState(body: String) async {
        let wire = ScriptedWire([Self.token, Self.answer(200, body)])
        await #expect(throws: TokenError.self) {
            try await Self.client(wire, Pauses()).state(ofSession: "n")
        }
    }
}
