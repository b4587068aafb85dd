import Ledger
import NIOHTTP1
import TerminalCore
import TerminalTesting
import Testing

@testable import LocalAPI

@Suite("The calls about payments") struct PaymentRouteTests {
    static let opened = """
        {"amount":1500,"attempts":0,"created_at":1767614400000,"expires_at":1767614460000,\
        "offline":false,"reference":"r-1","seq":"K0011767614400000","state":"awaiting_card",\
        "title":"Lunch","updated_at":1767614400000}
        """

    @Test("a payment is made, and the same reference finds it again")
    func create() async throws {
        try await withAPI { api in
            let body = #"{"amount":1500,"title":"Lunch","reference":"r-1"}"#
            let made = try await api.call(.POST, "/v1/payments", body)
            #expect(made.status == 201)
            #expect(made.text == Self.opened)
            #expect(made.headers.first(name: "content-type") == "application/json")
            #expect(made.headers.first(name: "cache-control") == "no-store")
            let again = try await api.call(.POST, "/v1/payments", body)
            #expect(again.status == 200)
            #expect(again.text == Self.opened)
            let other = try await api.call(
                .POST, "/v1/payments", #"{"amount":1,"reference":"r-1"}"#)
            #expect(other.status == 409 && other.problem == "reference_conflict")
            #expect(other.json["seq"] as? String == "K0011767614400000")
        }
    }

    @Test("one payment waits at a time, and the POS may cancel it")
    func busy() async throws {
        try await withAPI { api in
            let seq = try await api.request()
            let busy = try await api.call(.POST, "/v1/payments", #"{"amount":1}"#)
            #expect(busy.status == 409 && busy.problem == "busy")
            #expect(busy.json["seq"] as? String == seq)
            let ended = try await api.call(.DELETE, "/v1/payments/\(seq)")
            #expect(ended.status == 200 && ended.json["state"] as? String == "cancelled")
            _ = try await api.request()
        }
    }

    @Test("an operator who cancels is named in the history, with the reason")
    func cancelled() async throws {
        try await withAPI { api in
            let seq = try await api.request()
            let ended = try await api.asOperator(
                .DELETE, "/v1/payments/\(seq)", #"{"why":"wrong amount","by":"chen"}"#)
            #expect(ended.status == 200 && ended.json["state"] as? String == "cancelled")
            #expect(ended.text.contains(#""by":"chen""#), "\(ended.text)")
            #expect(ended.text.contains(#""note":"wrong amount""#), "\(ended.text)")
        }
    }

    @Test("a code pays the payment that waits, and is in no answer")
    func code() async throws {
        try await withAPI { api in
            let seq = try await api.request()
            let body = #"{"kind":"sms","code":"424242"}"#
            let given = try await api.call(.POST, "/v1/payments/\(seq)/code", body)
            #expect(given.status == 200)
            let paid = try await api.call(.GET, "/v1/payments/\(seq)?wait=30")
            #expect(paid.json["state"] as? String == "settled")
            #expect(paid.json["card"] == nil)
            let again = try await api.call(.POST, "/v1/payments/\(seq)/code", body)
            #expect(again.status == 200 && again.json["state"] as? String == "settled")
            let whole = try await api.asOperator(.GET, "/v1/payments/\(seq)")
            #expect(![given, paid, again, whole].contains { $0.text.contains("424242") })
            #expect(await api.platform.story == ["deliver"])
        }
    }

    /// A body, and what its problem names.
    static let wrongCodes = [
        ("", "JSON"), ("{}", "kind"), (#"{"kind":"sms"}"#, "code"),
        (#"{"kind":"card","code":"1"}"#, "kind"), (#"{"kind":"qr","code":""}"#, "code"),
        (#"{"kind":"qr","code":"a "}"#, "code"), (#"{"kind":"qr","code":"a\u0000"}"#, "code"),
        (#"{"kind":"qr","code":"\u5348"}"#, "code"), (#"{"kind":"qr","code":7}"#, "code"),
        (
            #"{"kind":"qr","code":""# + String(repeating: "7", count: 513) + #""}"#, "code"
        ),
    ]

    @Test("a code that cannot be one is told, and the payment waits on", arguments: wrongCodes)
    func wrongCode(body: String, named: String) async throws {
        try await withAPI { api in
            let seq = try await api.request()
            let answer = try await api.call(.POST, "/v1/payments/\(seq)/code", body)
            #expect(answer.status == 400 && answer.problem == "invalid")
            #expect(answer.text.contains(named), "\(answer.text)")
            let payment = try await api.call(.GET, "/v1/payments/\(seq)")
            #expect(payment.json["state"] as? String == "awaiting_card")
        }
    }

    @Test("a code for a payment that does not wait is a conflict, for none not found")
    func codeTooLate() async throws {
        try await withAPI { api in
            let seq = try await api.request()
            _ = try await api.call(.DELETE, "/v1/payments/\(seq)")
            let body = #"{"kind":"qr","code":"c"}"#
            let late = try await api.call(.POST, "/v1/payments/\(seq)/code", body)
            #expect(late.status == 409 && late.problem == "busy")
            let none = try await api.call(.POST, "/v1/payments/K0010000000000001/code", body)
            #expect(none.status == 404 && none.problem == "not_found")
        }
    }

    @Test("where each tap pays, nothing can be asked for")
    func fixedMode() async throws {
        try await withAPI(mode: .fixed) { api in
            let answer = try await api.call(.POST, "/v1/payments", #"{"amount":1}"#)
            #expect(answer.status == 409 && answer.problem == "fixed_mode")
        }
    }

    /// A body, and what its problem names.
    static let wrong = [
        ("", "JSON"), ("null", "body"), ("[1500]", "body"), ("1500", "body"), ("{", "JSON"),
        ("{}", "amount"), (#"{"amount":0}"#, "amount"), (#"{"amount":-1500}"#, "amount"),
        (#"{"amount":"1500"}"#, "amount"), (#"{"amount":null}"#, "amount"),
        (#"{"amount":true}"#, "amount"), (#"{"amount":[]}"#, "amount"),
        (#"{"amount":100000001}"#, "amount"), (#"{"amount":1,"title":""}"#, "title"),
        (#"{"amount":1,"title":7}"#, "title"), (#"{"amount":1,"title":"a\nb"}"#, "title"),
        (#"{"amount":1,"reference":""}"#, "reference"),
        (#"{"amount":1,"reference":{}}"#, "reference"),
        (#"{"amount":1,"expires_in":0}"#, "expires_in"),
        (#"{"amount":1,"expires_in":601}"#, "expires_in"),
        (#"{"amount":1,"expires_in":-1}"#, "expires_in"),
        (#"{"amount":1,"expires_in":"60"}"#, "expires"),
    ]

    @Test("a wrong body is refused, and the problem names the member")
    func wrongBodies() async throws {
        try await withAPI { api in
            for (body, named) in Self.wrong {
                let answer = try await api.call(.POST, "/v1/payments", body)
                #expect(answer.status == 400 && answer.problem == "invalid", "\(body)")
                let detail = answer.json["detail"] as? String ?? ""
                #expect(detail.contains(named), "\(body): \(detail)")
            }
            #expect(try await api.ledger.payments(.init()).isEmpty)
        }
    }

    @Test("a POS waits for the outcome and sees a masked card, an operator sees all")
    func outcome() async throws {
        try await withAPI { api in
            let seq = try await api.request()
            async let waited = api.call(.GET, "/v1/payments/\(seq)?wait=30")
            #expect(try await api.tap().status == 202)
            let seen = try await waited
            #expect(seen.json["state"] as? String == "settled")
            #expect(seen.json["card"] as? String == "****0001")
            #expect(seen.json["history"] == nil)
            #expect(!seen.text.contains("CARD0001"))
            let whole = try await api.asOperator(.GET, "/v1/payments/\(seq)")
            #expect(whole.json["card"] as? String == "CARD0001")
            let history = whole.json["history"] as? [[String: Any]] ?? []
            #expect(
                history.compactMap { $0["to"] as? String } == [
                    "awaiting_card", "pending", "settled",
                ])
            let almost = try await api.call(.GET, "/v1/payments/\(seq)", token: "hunter")
            #expect(almost.status == 200 && !almost.text.contains("CARD0001"))
        }
    }

    @Test("a wait ends when its time is over")
    func waitIsOver() async throws {
        try await withAPI { api in
            let seq = try await api.request()
            async let waited = api.call(.GET, "/v1/payments/\(seq)?wait=7")
            await api.clock.waitForSleepers(1, within: .seconds(7))
            api.clock.advance(by: .seconds(7))
            #expect(try await waited.json["state"] as? String == "awaiting_card")
        }
    }

    @Test("an outcome that went to a POS counts as told")
    func told() async throws {
        try await withAPI { api in
            let seq = try await api.paid()
            let again = try await api.call(.GET, "/v1/payments/\(seq)")
            #expect(again.json["told_at"] as? Int == 1_767_614_400_000)
        }
    }

    @Test(
        "a payment that is not there", arguments: ["K0011767614400000", "..", "%2e%2e", "a%00b"])
    func unknown(seq: String) async throws {
        try await withAPI { api in
            for path in ["/v1/payments/\(seq)x", "/v1/payments/\(seq)x?wait=1"] {
                let answer = try await api.call(.GET, path)
                #expect(answer.status == 404 && answer.problem == "not_found")
            }
            let ended = try await api.asOperator(.DELETE, "/v1/payments/\(seq)x")
            #expect(ended.status == 404 && ended.problem == "not_found")
        }
    }

    @Test("an approved payment is undone by an operator alone")
    func reverse() async throws {
        try await withAPI { api in
            let seq = try await api.paid()
            let refused = try await api.call(.DELETE, "/v1/payments/\(seq)")
            #expect(refused.status == 401 && refused.problem == "forbidden")
            #expect(refused.headers.first(name: "www-authenticate") == "Bearer")
            let changes = api.ledger.changes()
            let undone = try await api.asOperator(.DELETE, "/v1/payments/\(seq)")
            #expect(undone.status == 202)
            #expect(["reversing", "reversed"].contains(undone.json["state"] as? String))
            for await change in changes where change.payment.state == .reversed { break }
            #expect(await api.platform.charged(seq) == .zero)
            let cancelled = try await api.request()
            _ = try await api.call(.DELETE, "/v1/payments/\(cancelled)")
            let late = try await api.asOperator(.DELETE, "/v1/payments/\(cancelled)")
            #expect(late.status == 409 && late.problem == "busy")
        }
    }

    @Test("an operator's list: newest first, in pages, by state")
    func list() async throws {
        try await withAPI { api in
            let settled = try await api.paid()
            let waiting = try await api.request()
            func seqs(_ query: String) async throws -> ([String], String?) {
                let answer = try await api.asOperator(.GET, "/v1/payments" + query)
                let payments = answer.json["payments"] as? [[String: Any]] ?? []
                return (
                    payments.compactMap { $0["seq"] as? String }, answer.json["next"] as? String
                )
            }
            #expect(try await seqs("").0 == [waiting, settled])
            #expect(try await seqs("?state=settled").0 == [settled])
            #expect(try await seqs("?state=settled,awaiting_card").0 == [waiting, settled])
            #expect(try await seqs("?state=held").0 == [])
            let (first, next) = try await seqs("?limit=1")
            #expect(first == [waiting])
            let cursor = try #require(next)
            let (last, end) = try await seqs("?limit=1&after=\(cursor)")
            #expect(last == [settled] && end == nil)
            #expect(try await seqs("?limit=2").1 == nil)
            #expect(try await seqs("?since=1767614400000").0.count == 2)
            #expect(try await seqs("?since=1767614500000").0 == [])
        }
    }

    @Test("a list is for operators, and its parameters are looked at")
    func wrongLists() async throws {
        try await withAPI { api in
            for token in [nil, "", "hunter", APIBench.token + "2"] {
                let answer = try await api.call(.GET, "/v1/payments", token: token)
                #expect(answer.status == 401 && answer.problem == "forbidden")
            }
            for query in [
                "state=lost", "limit=x", "limit=-1", "limit=0", "limit=501", "since=now",
                "after=-1",
                "after=99999999999999999999", "since=1%27", "state=settled%27",
            ] {
                let answer = try await api.asOperator(.GET, "/v1/payments?" + query)
                #expect(answer.status == 400 && answer.problem == "invalid", "\(query)")
            }
        }
    }

    @Test(
        "a wait is a number of seconds",
        arguments: [
            ("abc", 400), ("-1", 400), ("1.5", 400), ("", 400), ("1s", 400), ("%20", 400),
            ("99999999999999999999", 400), ("0", 200), ("00", 200),
        ])
    func waits(_ wait: String, _ status: Int) async throws {
        try await withAPI { api in
            let seq = try await api.request()
            let answer = try await api.call(.GET, "/v1/payments/\(seq)?wait=\(wait)")
            #expect(answer.status == status)
        }
    }
}
