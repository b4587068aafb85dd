import FoundationEssentials
import Sandbox
import Synchronization
import Testing

@Suite("The sandbox's token endpoint", .timeLimit(.minutes(1)))
struct TokenTests {
    @Test("answers for a lost card as the platform's own sample does")
    func lostCard() async throws {
        let cards = [SandboxCard(number: "001", st: "lost")]
        try await withSandbox(cards: cards) { sandbox async throws in
            let answer = try await sandbox.tokenAnswer(
                "grant_type=offline_cert&code=card/001&" + Harness.clientForm)
            #expect(answer.status == 200)
            #expect(answer.header("content-type") == "application/json")
            var (ours, sample) = (
                try answer.json(), try JSONValue.fixture("token-card-lost.json").object
            )
            for name in ["access_token", "refresh_token", "sub"] {
                #expect(ours[name]?.text?.count == sample[name]?.text?.count)
                (ours[name], sample[name]) = (nil, nil)
            }
            #expect(ours == sample)
        }
    }

    @Test("refuses an unknown card with invalid_grant")
    func unknownCard() async throws {
        try await withSandbox { sandbox async throws in
            let answer = try await sandbox.tokenAnswer(
                "grant_type=offline_cert&code=card/none&" + Harness.clientForm)
            #expect(answer.status == 400)
            #expect(try answer.value() == JSONValue.fixture("error-unknown-card.json"))
        }
    }

    @Test("has no st for a normal card, and passes any other word on")
    func states() async throws {
        try await withSandbox { sandbox async throws in
            let form = "grant_type=offline_cert&code=card%2F\(Harness.card)&" + Harness.clientForm
            #expect(try await sandbox.tokenAnswer(form).json()["st"] == nil)
            var card = try #require(await sandbox.server.card(Harness.card))
            card.st = "locked"
            await sandbox.server.setCard(card)
            #expect(try await sandbox.tokenAnswer(form).json()["st"] == .text("locked"))
        }
    }

    @Test(
        "reads the slash of the code as it is, encoded once and encoded twice",
        arguments: ["card/", "card%2F", "card%2f", "card%252F"])
    func slash(_ mark: String) async throws {
        try await withSandbox { sandbox async throws in
            let form = "grant_type=offline_cert&code=\(mark)\(Harness.card)&" + Harness.clientForm
            #expect(try await sandbox.tokenAnswer(form).status == 200)
        }
    }

    @Test("takes the client by HTTP Basic too")
    func basic() async throws {
        try await withSandbox { sandbox async throws in
            let client = "\(SandboxServer.testClientID):\(SandboxServer.testClientSecret)"
            let basic = "Basic " + Data(client.utf8).base64EncodedString()
            let answer = try await sandbox.tokenAnswer(
                "grant_type=client_credentials", headers: ["Authorization": basic])
            #expect(answer.status == 200)
            #expect(try answer.json()["card"] == nil)
        }
    }

    @Test(
        "refuses in the manner of RFC 6749",
        arguments: [
            ("grant_type=offline_cert&code=card/none&" + Harness.clientForm, 400, "invalid_grant"),
            ("grant_type=client_credentials&client_id=x&client_secret=y", 401, "invalid_client"),
            ("grant_type=client_credentials", 401, "invalid_client"),
            ("grant_type=magic&" + Harness.clientForm, 400, "unsupported_grant_type"),
            ("code=card/none&" + Harness.clientForm, 400, "invalid_request"),
            ("code=%zz", 400, "invalid_request"),
        ])
    func refusals(_ form: String, _ status: Int, _ error: String) async throws {
        try await withSandbox { sandbox async throws in
            let answer = try await sandbox.tokenAnswer(form)
            #expect(answer.status == status)
            #expect(try answer.json()["error"] == .text(error))
        }
    }

    @Test("gives another token for a refresh token, once")
    func refresh() async throws {
        try await withSandbox { sandbox async throws in
            let first = try await sandbox.tokenAnswer(
                "grant_type=offline_cert&code=card/\(Harness.card)&" + Harness.clientForm)
            let refresh = try #require(try first.json()["refresh_token"]?.text)
            let second = try await sandbox.tokenAnswer(
                "grant_type=refresh_token&refresh_token=\(refresh)&" + Harness.clientForm)
            #expect(try second.json()["card"] == .text(Harness.card))
            let form = "grant_type=refresh_token&refresh_token=\(refresh)&" + Harness.clientForm
            let again = try await sandbox.tokenAnswer(form)
            #expect(again.status == 400)
            #expect(try again.json()["error"] == .text("invalid_grant"))
        }
    }

    @Test("gives refresh tokens that end when their time is over")
    func refreshLifetime() async throws {
        let clock = TestClock(1_700_000_000_000)
        try await withSandbox(now: { clock.now }) { sandbox async throws in
            await sandbox.server.setLifetimes(TokenLifetimes(refreshSeconds: 60))
            let first = try await sandbox.tokenAnswer(
                "grant_type=client_credentials&" + Harness.clientForm)
            let refresh = try #require(try first.json()["refresh_token"]?.text)
            clock.advance(by: 60_000)
            let late = try await sandbox.tokenAnswer(
                "grant_type=refresh_token&refresh_token=\(refresh)&" + Harness.clientForm)
            #expect(try late.json()["error"] == .text("invalid_grant"))
        }
    }

    @Test("gives tokens that end when their time is over")
    func lifetime() async throws {
        let clock = TestClock(1_700_000_000_000)
        try await withSandbox(now: { clock.now }) { sandbox async throws in
            await sandbox.server.setLifetimes(TokenLifetimes(cardSeconds: 60))
            let token = try await sandbox.cardToken()
            clock.advance(by: 59_999)
            #expect(try await sandbox.query(token: token).status == 404)
            clock.advance(by: 1)
            #expect(try await sandbox.query(token: token).status == 401)
        }
    }
}

/// Unix milliseconds that pass only when told to.
final class TestClock: Sendable {
    private let time: Mutex<Int64>

    init(_ now: Int64) { time = Mutex(now) }

    var now: Int64 { time.withLock { $0 } }

    func advance(by milliseconds: Int64) { time.withLock { $0 += milliseconds } }
}
