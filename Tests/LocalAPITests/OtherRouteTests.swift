import Ledger
import NIOHTTP1
import TerminalCore
import TerminalTesting
import Testing

@testable import LocalAPI

@Suite("The other calls") struct OtherRouteTests {
    @Test("the list of lost cards is kept by operators")
    func lostCards() async throws {
        try await withAPI { api in
            let card = #"{"card":"CARD0009"}"#
            #expect(try await api.asOperator(.POST, "/v1/lost-cards/add", card).status == 204)
            let list = try await api.asOperator(.GET, "/v1/lost-cards")
            #expect(
                list.text == """
                    {"cards":[{"added_at":1767614400000,"card":"CARD0009","source":"operator"}],\
                    "total":1}
                    """)
            #expect(try await api.asOperator(.POST, "/v1/lost-cards/remove", card).status == 204)
            let gone = try await api.asOperator(.POST, "/v1/lost-cards/remove", card)
            #expect(gone.status == 404 && gone.problem == "not_found")
            #expect(
                try await api.asOperator(.GET, "/v1/lost-cards").text == #"{"cards":[],"total":0}"#)
        }
    }

    static let operators: [(method: HTTPMethod, path: String)] = [
        (.GET, "/v1/payments"), (.GET, "/v1/day"), (.GET, "/v1/report"),
        (.GET, "/v1/lost-cards"), (.POST, "/v1/lost-cards/add"),
        (.POST, "/v1/lost-cards/remove"), (.POST, "/v1/lost-cards/import"), (.POST, "/v1/sync"),
    ]

    @Test("without the token operator calls change nothing")
    func withoutToken() async throws {
        try await withAPI { api in
            for call in Self.operators {
                for token in [nil, "wrong"] {
                    let answer = try await api.call(
                        call.method, call.path, #"{"card":"A1","cards":["A1"]}"#, token: token)
                    #expect(answer.status == 401 && answer.problem == "forbidden", "\(call.path)")
                }
            }
            #expect(try await api.ledger.lostCards().isEmpty)
        }
    }

    @Test("a wrong card number is refused without being repeated", arguments: ["b@d", "", "a b"])
    func wrongCard(_ card: String) async throws {
        try await withAPI { api in
            for path in ["/v1/taps", "/v1/lost-cards/add", "/v1/lost-cards/remove"] {
                let answer = try await api.asOperator(.POST, path, #"{"card":"\#(card)"}"#)
                #expect(answer.status == 400 && answer.problem == "invalid", "\(path)")
                #expect(card.isEmpty || !answer.text.contains("\"\(card)\""))
            }
        }
    }

    @Test("taps come by the API only where the reader is simulated")
    func realReader() async throws {
        try await withAPI(simulated: false) { api in
            let answer = try await api.tap()
            #expect(answer.status == 409 && answer.problem == "unavailable")
            let ready = try await api.call(.GET, "/readyz")
            #expect(ready.status == 503 && ready.problem == "unavailable")
            #expect(try await api.call(.GET, "/healthz").text == "ok\n")
        }
    }

    @Test("the state of a fresh terminal")
    func status() async throws {
        try await withAPI { api in
            let text = try await api.call(.GET, "/v1/status").text
            for part in [
                #""limits":{"offline_enabled":true,"total_limit":500000,"total_used":0}"#,
                #""clock":{"synchronised":true}"#, #""now":1767614400000"#, #""queue":{}"#,
                #""in_doubt":{"count":0,"fen":0}"#,
                #""reader":{"names":[],"ready":true,"simulated":true}"#,
                #""screen":{"kind":"idle"}"#, #""storage":{"ok":true}"#,
                #""cards":{"recoverable":false,"sealed":false}"#,
                #""sync":{"delivering":0,"stopped":false,"waiting":0}"#,
                #""terminal":{"id":"K001","language":"en","mode":"requested","name":"Canteen","#
                    + #""version":"1.2.3"}"#,
            ] {
                #expect(text.contains(part), "\(part) in \(text)")
            }
            _ = try await api.request(700)
            let queue = try await api.call(.GET, "/v1/status").text
            #expect(
                queue.contains(
                    #""queue":{"awaiting_card":{"count":1,"fen":700,"oldest_age_ms":0}}"#))
            #expect(try await api.call(.GET, "/readyz").text == "ready\n")
        }
    }

    @Test("what is used of the offline limit is what the rules count")
    func limits() async throws {
        try await withAPI { api in
            for (card, isAllowed) in [(1, true), (2, false)] {
                _ = try await api.ledger.recordTap(
                    Sample.draft(1_000), card: Sample.card(card),
                    rules: Sample.tapRules(policy: OfflinePolicy(enabled: isAllowed)),
                    now: api.clock.now())
            }
            let text = try await api.call(.GET, "/v1/status").text
            #expect(text.contains(#""total_used":1000"#), "\(text)")
            #expect(text.contains(#""pending":{"count":2,"fen":2000,"#), "\(text)")
        }
    }

    @Test("declined payments whose order may be somebody's are counted")
    func doubt() async throws {
        try await withAPI { api in
            for (card, reason) in [(1, Reason.platformConflict), (2, Reason.platformRefused)] {
                let payment = try await api.ledger.recordTap(
                    Sample.draft(1_000), card: Sample.card(card), rules: Sample.tapRules(),
                    now: api.clock.now())
                _ = try await api.ledger.update(payment.seq, now: api.clock.now()) { _ in
                    PaymentUpdate(.refused, reason: reason, send: .answered)
                }
            }
            let text = try await api.call(.GET, "/v1/status").text
            #expect(text.contains(#""in_doubt":{"count":1,"fen":1000}"#), "\(text)")
        }
    }

    @Test("an unknown path or method is a problem document", arguments: ["/v1", "/v1/nowhere"])
    func unknownPath(_ path: String) async throws {
        try await withAPI { api in
            let expected = """
                {"detail":"there is no such call — this path or method is unknown — \
                see the documentation","status":404,"title":"Not Found",\
                "type":"urn:kiosk-agent:problem:not_found"}
                """
            for (method, path) in [(HTTPMethod.GET, path), (.PUT, "/v1/status")] {
                let answer = try await api.call(method, path)
                #expect(answer.status == 404 && answer.text == expected)
                #expect(
                    answer.headers.first(name: "content-type") == "application/problem+json")
            }
        }
    }

    @Test(
        "the pages come with a policy that allows nothing inline",
        arguments: [
            ("/", "text/html"), ("/payer.css", "text/css"), ("/payer.js", "text/java"),
            ("/payer-zh.js", "text/java"), ("/operator", "text/html"),
            ("/operator.css", "text/css"), ("/operator.js", "text/java"),
        ])
    func pages(_ path: String, _ type: String) async throws {
        try await withAPI { api in
            let page = try await api.call(.GET, path)
            #expect(page.status == 200)
            #expect(page.headers.first(name: "content-type")?.hasPrefix(type) == true)
            #expect(page.headers.first(name: "x-content-type-options") == "nosniff")
            #expect(page.headers.first(name: "referrer-policy") == "no-referrer")
            #expect(page.headers.first(name: "cross-origin-resource-policy") == "same-origin")
            #expect(page.headers.first(name: "set-cookie") == nil)
            let policy = page.headers.first(name: "content-security-policy") ?? ""
            #expect(policy.hasPrefix("default-src 'none'; "))
            #expect(policy.contains("frame-ancestors 'none'"))
            #expect(!policy.contains("unsafe") && !policy.contains("*"))
        }
    }

    @Test("a page of an allowed origin can read answers, the refusals too")
    func allowedOrigin() async throws {
        try await withAPI { api in
            let origin = ["Origin": APIBench.pos]
            for (path, status) in [("/v1/status", 200), ("/v1/payments/K1", 404)] {
                let answer = try await api.call(.GET, path, headers: origin)
                #expect(answer.status == status)
                let allowed = answer.headers.first(name: "access-control-allow-origin")
                #expect(allowed == APIBench.pos, "\(path)")
            }
            let own = try await api.call(
                .GET, "/v1/status", headers: ["Origin": "http://127.0.0.1:\(api.port)"])
            #expect(own.status == 200)
            #expect(own.headers.first(name: "access-control-allow-origin") == nil)
        }
    }

    @Test(
        "a page of another origin is refused",
        arguments: [
            ["Origin": "http://evil.com"], ["Origin": "null"], ["Origin": ""],
            ["Origin": "https://pos.local"], ["Origin": "http://pos.local.evil.com"],
            ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"],
            ["Host": "evil.com"], ["Host": "evil.com", "Origin": "http://evil.com"],
            ["Host": "pos.local", "Origin": "http://pos.local"],
        ])
    func otherOrigin(_ headers: [String: String]) async throws {
        try await withAPI { api in
            let answer = try await api.call(
                .POST, "/v1/payments", #"{"amount":1}"#, headers: headers)
            #expect(answer.status == 403 && answer.problem == "forbidden")
            #expect(try await api.ledger.payments(.init()).isEmpty)
        }
    }

    @Test("a link from another site may open a page")
    func link() async throws {
        try await withAPI { api in
            let headers = ["Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"]
            let page = try await api.call(.GET, "/", headers: headers)
            let call = try await api.call(.POST, "/v1/sync", headers: headers)
            #expect(page.status == 200 && call.status == 403)
        }
    }
}
