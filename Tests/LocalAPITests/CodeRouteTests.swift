import Ledger
import NIOHTTP1
import QRCode
import SyncEngine
import TerminalAgent
import TerminalCore
import TerminalTesting
import Testing

@testable import LocalAPI

@Suite("Codes for a payer without a card") struct CodeRouteTests {
    private static let phone = "13800000001"
    private static let sms = "/v1/sms-codes"
    private static let qr = "/v1/qr-sessions"

    private func send(_ api: APIBench, to phone: String = Self.phone) async throws -> Answer {
        try await api.call(.POST, Self.sms, #"{"phone":"\#(phone)"}"#)
    }

    private func open(_ api: APIBench) async throws -> String {
        let answer = try await api.call(.POST, Self.qr)
        #expect(answer.status == 201, "\(answer.text)")
        return try #require(answer.json["session"] as? String, "\(answer.text)")
    }

    private func look(_ api: APIBench, _ session: String) async throws -> Answer {
        try await api.call(.GET, Self.qr + "/" + session)
    }

    /// Three payments in a row find no network, so that the breaker opens.
    private func cutOff(_ api: APIBench) async throws {
        await api.platform.waitForCalls(1, of: .probe)
        await api.platform.reachable(false)
        for card in 1...3 {
            _ = try await api.ledger.recordTap(
                Sample.draft(), card: Sample.card(card), rules: Sample.tapRules(up: false),
                now: api.clock.now())
        }
        await api.engine.wake()
        while await api.engine.platformIsUp { await Task.yield() }
    }

    @Test("a POS has a code sent, in the name of the terminal")
    func message() async throws {
        try await withAPI { api in
            let answer = try await send(api)
            #expect(answer.status == 204 && answer.text.isEmpty)
            #expect(
                api.desk.messages == [
                    ScriptedDesk.Message(phone: Self.phone, title: "Canteen")
                ])
        }
    }

    @Test(
        "a phone is 5 to 20 digits, with or without a plus sign before them",
        arguments: ["12345", "+12345", "12345678901234567890", "+8613800000001"])
    func phones(_ phone: String) async throws {
        try await withAPI { api in
            let sent = try await send(api, to: phone)
            #expect(sent.status == 204)
            #expect(api.desk.messages.map(\.phone) == [phone])
        }
    }

    @Test(
        "anything else is no phone, is not repeated and asks nobody",
        arguments: [
            "", "+", "1234", "+1234", "123456789012345678901", "++12345", "12345+", "12345a",
            "138 0000 0001", "+86-13800000001", "１３８００", "1380000\\u00000001",
        ])
    func noPhones(_ phone: String) async throws {
        try await withAPI { api in
            let answer = try await send(api, to: phone)
            #expect(answer.status == 400 && answer.problem == "invalid", "\(answer.text)")
            #expect(answer.text.contains("5 to 20 digits"))
            #expect(phone.count < 4 || !answer.text.contains(phone))
            #expect(api.desk.messages.isEmpty)
        }
    }

    @Test("a body without a phone says which member is wrong", arguments: ["{}", #"{"phone":5}"#])
    func noBody(_ body: String) async throws {
        try await withAPI { api in
            let answer = try await api.call(.POST, Self.sms, body)
            #expect(answer.status == 400 && answer.problem == "invalid")
            #expect(answer.text.contains("the member phone"))
        }
    }

    @Test("a phone that just got a code waits, and is told how long")
    func tooSoon() async throws {
        try await withAPI { api in
            #expect(try await send(api).status == 204)
            api.clock.advance(by: .milliseconds(500))
            let early = try await send(api)
            #expect(early.status == 429 && early.problem == "busy", "\(early.text)")
            #expect(early.headers.first(name: "retry-after") == "30")
            #expect(!early.text.contains(Self.phone))
            #expect(try await send(api, to: "13800000002").status == 204)
            api.clock.advance(by: .milliseconds(29_500))
            #expect(try await send(api).status == 204)
            #expect(api.desk.messages.count == 3)
        }
    }

    @Test("a QR code is made, drawn and followed until somebody has used it")
    func session() async throws {
        try await withAPI { api in
            api.desk.show("pay/1&2")
            let made = try await api.call(.POST, Self.qr)
            #expect(made.status == 201, "\(made.text)")
            #expect(Set(made.json.keys) == ["session", "code", "svg"])
            #expect(made.json["session"] as? String == "K001-1")
            #expect(made.json["code"] as? String == "pay/1&2")
            #expect(try made.json["svg"] as? String == QRCode("pay/1&2").svg)
            api.desk.tell(.unused, .used, .expired)
            #expect(try await look(api, "K001-1").text == #"{"state":"unused"}"#)
            #expect(try await look(api, "K001-1").text == #"{"state":"used"}"#)
            #expect(try await look(api, "K001-1").text == #"{"state":"used"}"#)
            #expect(api.desk.questions == ["K001-1", "K001-1"])
        }
    }

    @Test("an expired code is known as such, and asked for again")
    func expired() async throws {
        try await withAPI { api in
            let session = try await open(api)
            api.desk.tell(.expired, .used)
            #expect(try await look(api, session).text == #"{"state":"expired"}"#)
            #expect(try await look(api, session).text == #"{"state":"used"}"#)
        }
    }

    @Test("nobody learns of a session that this agent did not begin")
    func foreign() async throws {
        try await withAPI { api in
            for session in ["K001-1", "K002-1", "..", "a%2Fb"] {
                let answer = try await look(api, session)
                #expect(answer.status == 404 && answer.problem == "not_found", "\(session)")
            }
            #expect(api.desk.questions.isEmpty)
        }
    }

    @Test("the oldest session is forgotten once there are sixteen younger ones")
    func forgotten() async throws {
        try await withAPI { api in
            for _ in 1...17 { _ = try await open(api) }
            #expect(try await look(api, "K001-1").status == 404)
            #expect(try await look(api, "K001-2").status == 200)
            #expect(try await look(api, "K001-17").status == 200)
        }
    }

    @Test("a code that no QR code can hold is said so")
    func tooLong() async throws {
        try await withAPI { api in
            api.desk.show(String(repeating: "a", count: QRCode.bytesMax + 1))
            let answer = try await api.call(.POST, Self.qr)
            #expect(answer.status == 503 && answer.problem == "unavailable")
            #expect(!answer.text.contains("aaaa"))
            #expect(try await look(api, "K001-1").status == 404)
        }
    }

    @Test("while the platform is away nobody is asked; a used code is still known")
    func offline() async throws {
        try await withAPI { api in
            let used = try await open(api)
            let unused = try await open(api)
            api.desk.tell(.used)
            _ = try await look(api, used)
            try await cutOff(api)
            let answers = try await [
                send(api), api.call(.POST, Self.qr), look(api, unused),
            ]
            for answer in answers {
                #expect(answer.status == 503 && answer.problem == "unavailable")
                #expect(answer.text.contains("codes need the platform"), "\(answer.text)")
            }
            #expect(try await look(api, used).text == #"{"state":"used"}"#)
            #expect(api.desk.messages.isEmpty && api.desk.opened == 2)
            #expect(api.desk.questions == [used])
        }
    }

    static let calls: [(method: HTTPMethod, path: String, body: String?)] = [
        (.POST, sms, #"{"phone":"13800000001"}"#), (.POST, qr, nil), (.GET, qr + "/K001-1", nil),
    ]

    @Test(
        "a platform that is silent is waited for as long as a payer waits",
        arguments: calls.indices)
    func deadline(_ index: Int) async throws {
        try await withAPI { api in
            _ = try await open(api)
            api.desk.fallSilent()
            let call = Self.calls[index]
            async let asked = api.call(call.method, call.path, call.body)
            await api.clock.waitForSleepers(1, within: .seconds(4))
            #expect(api.clock.nextDue == api.agent.rules.decisionDeadline)
            api.clock.advance(by: .seconds(4))
            let answer = try await asked
            #expect(answer.status == 503 && answer.problem == "unavailable", "\(answer.text)")
            #expect(answer.text.contains("did not answer in time"))
            #expect(api.desk.givenUp == 1)
        }
    }

    /// A refusal, its status, its type and the `Retry-After`.
    typealias Row = (kind: CodeRefusal.Kind, status: Int, problem: String, after: String?)

    static let refusals: [Row] = [
        (.offline, 503, "unavailable", nil), (.notOffered, 409, "unavailable", nil),
        (.busy, 503, "busy", "7"), (.refused, 400, "invalid", nil),
    ]

    @Test("why there is no code is a problem of its type", arguments: refusals)
    func refusal(_ row: Row) async throws {
        try await withAPI { api in
            _ = try await open(api)
            let after: Duration? = row.after == nil ? nil : .milliseconds(6_001)
            api.desk.refuse(CodeRefusal(row.kind, "no — because — do it", after: after))
            for call in Self.calls {
                let answer = try await api.call(call.method, call.path, call.body)
                #expect(answer.status == row.status && answer.problem == row.problem)
                #expect(answer.json["detail"] as? String == "no — because — do it")
                #expect(answer.headers.first(name: "retry-after") == row.after)
            }
        }
    }
}
