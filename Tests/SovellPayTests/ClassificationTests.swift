import OAuth
import TerminalCore
import Testing

@testable import SovellPay

@Suite("What an answer means")
struct ClassificationTests {
    private static let classification = Classification(refusalReasons: [402: .balanceTooLow])

    /// A complete trade as an answer to a POST and to a GET.
    private static let trades: [(String, PlatformAnswer)] = [
        (Bodies.trade("normal"), .charged(.sample)),
        (Bodies.trade("refund"), .charged(.sample)),
        (Bodies.trade("accepted"), .processing),
        (Bodies.trade("refunding"), .processing),
        (Bodies.trade("fail"), .dead),
        (Bodies.trade("closed"), .dead),
        (Bodies.trade("normal", seq: "K0011700000000001"), .unknown),
        (Bodies.trade("normal", detail: #"[{"card":"002","amount":1250}]"#), .conflict(.exact)),
        (Bodies.trade("fail", detail: #"[{"card":"002"}]"#), .conflict()),
        (Bodies.trade("accepted", detail: #"[{"card":"002"}]"#), .conflict()),
        (
            Bodies.trade("refund", detail: #"[{"card":"001","amount":1250},{"card":"002"}]"#),
            .conflict(.exact)
        ),
        (
            Bodies.trade("normal", detail: #"[{"card":"001","amount":1251}]"#),
            .overcharged(Trade(id: "T1", paid: Money(fen: 1_251)))
        ),
        (
            Bodies.trade("refund", detail: #"[{"amount":1250},{"amount":1}]"#),
            .overcharged(Trade(id: "T1", paid: Money(fen: 1_251)))
        ),
        (Bodies.trade("closed", detail: #"[{"card":"001","amount":1251}]"#), .dead),
        (
            Bodies.trade("normal", detail: #"[{"amount":100000000}]"#),
            .overcharged(Trade(id: "T1", paid: .paymentMax))
        ),
        (Bodies.trade("normal", detail: #"[{"amount":100000001}]"#), .conflict(.sumless)),
        (Bodies.trade("normal", detail: #"[{"amount":-1}]"#), .conflict(.sumless)),
        (
            Bodies.trade("normal", detail: #"[{"amount":2000},{"amount":-1999}]"#),
            .conflict(.sumless)
        ),
        (
            Bodies.trade(
                "normal", detail: #"[{"amount":9223372036854775807},{"amount":9}]"#),
            .conflict(.sumless)
        ),
        (
            Bodies.trade("normal", detail: #"[{"card":"001","amount":-1}]"#),
            .overcharged(.sumless)
        ),
        (
            Bodies.trade("refund", detail: #"[{"card":"001","amount":100000001}]"#),
            .overcharged(.sumless)
        ),
        (
            Bodies.trade("normal", detail: #"[{"card":"001","amount":2000},{"amount":-1999}]"#),
            .overcharged(.sumless)
        ),
        (Bodies.trade("closed", detail: #"[{"card":"001","amount":-1}]"#), .dead),
        (
            Bodies.trade("normal", detail: #"[{"card":"002","amount":-1}]"#),
            .conflict(.sumless)
        ),
        (
            Bodies.trade("normal", detail: #"[{"amount":1000},{"amount":250}]"#),
            .charged(Trade(id: "T1", paid: Money(fen: 1_250)))
        ),
        (
            Bodies.trade("normal", detail: #"[{"card":"001","amount":1200}]"#),
            .charged(Trade(id: "T1", paid: Money(fen: 1_200)))
        ),
        (Bodies.trade("normal", detail: "[]"), .charged(Trade(id: "T1"))),
        (Bodies.trade("normal", detail: "null"), .charged(Trade(id: "T1"))),
        (#"{"status":"normal"}"#, .charged(Trade())),
        (#"{"status":"normal","id":"I1","new":{"a":[]}}"#, .charged(Trade(id: "I1"))),
        (Bodies.trade("surprising"), .unknown),
        (#"{"seq":"K0011700000000000"}"#, .unknown),
        (String(Bodies.trade("normal").dropLast(5)), .unknown),
        (Bodies.portal, .unknown),
        ("", .unknown), ("null", .unknown), ("[]", .unknown),
        (Bodies.trade("normal", detail: #"[{"amount":"1250"}]"#), .unknown),
        (Bodies.trade("normal", detail: #"[{"amount":12.5}]"#), .unknown),
    ]

    @Test("a trade is read the same way after a POST and after a GET", arguments: trades)
    func trade(body: String, answer: PlatformAnswer) throws {
        let payment = try Payment.sample()
        let response = WireResponse(200, body)
        #expect(Self.classification.posted(response, of: payment) == answer)
        #expect(Self.classification.asked(response, of: payment) == answer)
    }

    /// The numbers of our card and of the order's: the same one, perhaps.
    private static let spellings = [
        ("001", "card/001"), ("001", "1"), ("1", "001"), ("001", "0001"), ("00a1", "00A1"),
        ("A1", "card/00a1"),
    ]

    @Test(
        "our card in another spelling is a doubt: never approved, undone or renewed by itself",
        arguments: spellings)
    func spelling(own: String, named: String) throws {
        var payment = try Payment.sample(attempts: 2, unresolved: 2)
        payment.card = try CardNumber(own)
        for sends in 1...2 {
            payment.attempts = sends
            let detail = #"[{"card":"\#(named)","amount":1250}]"#
            let paid = WireResponse(200, Bodies.trade("normal", detail: detail))
            #expect(Self.classification.posted(paid, of: payment) == .conflict(.exact))
            #expect(Self.classification.asked(paid, of: payment) == .conflict(.exact))
            #expect(Self.classification.alreadyPaid(paid, of: payment) == .conflict(.exact))
            let dead = WireResponse(200, Bodies.trade("closed", detail: detail))
            #expect(Self.classification.asked(dead, of: payment) == .conflict())
            let larger = #"[{"card":"\#(named)","amount":1251}]"#
            let more = WireResponse(200, Bodies.trade("normal", detail: larger))
            #expect(Self.classification.alreadyPaid(more, of: payment) == .conflict(.more))
        }
    }

    @Test("a card that is only alike is another card", arguments: ["0010", "101", "card001", "I1"])
    func alike(named: String) throws {
        let detail = #"[{"card":"\#(named)","amount":1250}]"#
        let paid = WireResponse(200, Bodies.trade("normal", detail: detail))
        #expect(try Self.classification.alreadyPaid(paid, of: .sample()) == .collision)
    }

    private static let posts: [(Int, String, PlatformAnswer)] = [
        (400, Bodies.error, .refused(.platformRefused)),
        (402, Bodies.error, .refused(.balanceTooLow)),
        (403, "{}", .refused(.platformRefused)),
        (409, Bodies.error, .refused(.platformRefused)),
        (422, Bodies.error, .refused(.platformRefused)),
        (400, "", .later(after: nil)), (402, "", .later(after: nil)),
        (402, Bodies.portal, .later(after: nil)), (403, Bodies.portal, .later(after: nil)),
        (402, #"{"code":"#, .later(after: nil)),
        (404, Bodies.error, .later(after: nil)), (405, Bodies.error, .later(after: nil)),
        (408, Bodies.error, .later(after: nil)), (425, Bodies.error, .later(after: nil)),
        (429, Bodies.error, .later(after: nil)), (404, Bodies.portal, .later(after: nil)),
        (500, Bodies.error, .later(after: nil)), (500, "", .later(after: nil)),
        (502, Bodies.portal, .later(after: nil)), (503, Bodies.error, .later(after: nil)),
        (301, "", .redirected), (302, Bodies.portal, .redirected),
        (307, Bodies.trade("normal"), .redirected),
        (201, Bodies.trade("normal"), .later(after: nil)), (204, "", .later(after: nil)),
    ]

    @Test("only a JSON 4xx of the endpoint itself is a definite no", arguments: posts)
    func posted(status: Int, body: String, answer: PlatformAnswer) throws {
        let response = WireResponse(status, body)
        #expect(try Self.classification.posted(response, of: .sample()) == answer)
    }

    @Test("a redirect says where it leads, and nothing of what it carries", arguments: [302, 308])
    func redirected(status: Int) throws {
        let response = WireResponse(status: status, location: "http://Portal.example/?sign=s")
        let answer = PlatformAnswer.later(
            after: nil, redirect: Redirect(to: "http://portal.example"))
        #expect(try Self.classification.posted(response, of: .sample()) == answer)
        #expect(try Self.classification.asked(response, of: .sample()) == answer)
        #expect(try Self.classification.reversed(response, of: .sample()) == answer)
    }

    @Test("the platform's wish for patience is kept", arguments: [408, 425, 429, 500, 503])
    func patience(status: Int) throws {
        let response = WireResponse(status, Bodies.error, after: .seconds(7))
        let answer = PlatformAnswer.later(after: .seconds(7))
        #expect(try Self.classification.posted(response, of: .sample()) == answer)
        #expect(try Self.classification.asked(response, of: .sample()) == answer)
        #expect(try Self.classification.reversed(response, of: .sample()) == answer)
    }

    @Test("without configuration every definite no is the platform's own")
    func unconfigured() throws {
        let response = WireResponse(402, Bodies.error)
        #expect(
            try Classification(refusalReasons: [:]).posted(response, of: .sample())
                == .refused(.platformRefused))
    }

    /// Status codes other than 200, of a GET and of a DELETE.
    private static let questions: [(Int, String, PlatformAnswer)] = [
        (404, Bodies.error, .absent), (404, "", .absent), (404, "{}", .absent),
        (404, Bodies.portal, .later(after: nil)), (404, "Not Found", .later(after: nil)),
        (400, Bodies.error, .later(after: nil)), (401, Bodies.error, .later(after: nil)),
        (402, Bodies.error, .later(after: nil)), (405, Bodies.error, .later(after: nil)),
        (406, Bodies.error, .later(after: nil)), (410, Bodies.error, .later(after: nil)),
        (302, "", .redirected), (500, "", .later(after: nil)),
        (503, Bodies.portal, .later(after: nil)),
    ]

    @Test("only the endpoint's own 404 tells a GET or DELETE of an absence", arguments: questions)
    func questioned(status: Int, body: String, answer: PlatformAnswer) throws {
        let response = WireResponse(status, body)
        #expect(try Self.classification.asked(response, of: .sample()) == answer)
        #expect(try Self.classification.reversed(response, of: .sample()) == answer)
    }

    @Test(
        "a reversal is done when the order is closed, and not before",
        arguments: [
            (Bodies.trade("closed"), .dead), (Bodies.trade("refunding"), .processing),
            (Bodies.trade("refund"), .processing), (Bodies.trade("normal"), .processing),
            (Bodies.trade("accepted"), .processing), (Bodies.trade("fail"), .processing),
            (Bodies.portal, .unknown), ("", .unknown), (Bodies.trade("undone"), .unknown),
            (Bodies.trade("closed", seq: "K0011700000000001"), .unknown),
        ] as [(String, PlatformAnswer)])
    func reversed(body: String, answer: PlatformAnswer) throws {
        let response = WireResponse(200, body)
        #expect(try Self.classification.reversed(response, of: .sample()) == answer)
    }

    /// One day in milliseconds: how much older than the payment an order may seem.
    private static let day: Int64 = 86_400_000

    private static let start: Int64 = 1_700_000_000_000
    private static let less = #"[{"card":"001","amount":1249}]"#
    private static let more = #"[{"card":"001","amount":1251}]"#
    private static let cardless = #"[{"amount":1250}]"#
    private static let odd = #"[{"card":"001","amount":2000},{"card":"001","amount":-1}]"#
    private static let oddCardless = #"[{"amount":2000},{"amount":-1}]"#

    private static let paidBefore: [(Int, String, PlatformAnswer)] = [
        (200, Bodies.trade("normal"), .charged(.sample)),
        (200, Bodies.trade("refund"), .charged(.sample)),
        (200, Bodies.trade("accepted"), .processing),
        (200, Bodies.trade("closed"), .dead),
        (200, #"{"status":"normal"}"#, .charged(Trade())),
        (200, Bodies.trade("normal", created: start - day), .charged(.sample)),
        (200, Bodies.trade("normal", created: start - day - 1), .charged(.sample)),
        (200, Bodies.trade("normal", created: 0), .charged(.sample)),
        (200, Bodies.trade("normal", created: start + 40 * 365 * day), .charged(.sample)),
        (200, Bodies.trade("closed", created: 0), .dead),
        (200, Bodies.trade("normal", detail: #"[{"card":"002","amount":1250}]"#), .collision),
        (200, Bodies.trade("normal", seq: "K0011700000000001"), .unknown),
        (200, Bodies.trade("normal", detail: less, created: start - day), .charged(.less)),
        (200, Bodies.trade("normal", detail: less, created: start - day - 1), .conflict(.less)),
        (
            200, Bodies.trade("normal", detail: cardless, created: start - day - 1),
            .conflict(.exact)
        ),
        (
            200, Bodies.trade("normal", detail: "[]", created: start - day - 1),
            .conflict(.sumless)
        ),
        (200, Bodies.trade("normal", detail: odd), .overcharged(.sumless)),
        (200, Bodies.trade("normal", detail: odd, created: start - day - 1), .conflict(.sumless)),
        (200, Bodies.trade("normal", detail: oddCardless), .conflict(.sumless)),
        (200, Bodies.trade("normal", detail: more, created: start - day), .overcharged(.more)),
        (200, Bodies.trade("normal", detail: more, created: start - day - 1), .collision),
        (200, Bodies.portal, .unknown), (200, "", .unknown), (404, "{}", .unknown),
        (401, "{}", .unknown), (503, "", .unknown), (302, "", .unknown),
    ]

    @Test(
        "already paid, when sent before: the trade tells whether it is ours", arguments: paidBefore)
    func alreadyPaid(status: Int, body: String, answer: PlatformAnswer) throws {
        let response = WireResponse(status, body)
        let payment = try Payment.sample(attempts: 2, unresolved: 2)
        let found = Self.classification.alreadyPaid(response, of: payment)
        #expect(found == answer)
    }

    private static let neverSent: [(Int, String, PlatformAnswer)] = [
        (200, Bodies.trade("normal"), .conflict(.sample)),
        (200, Bodies.trade("normal", created: 0), .conflict(.sample)),
        (200, Bodies.trade("refund"), .conflict(.sample)),
        (200, Bodies.trade("closed"), .conflict()),
        (200, Bodies.trade("normal", detail: less), .conflict(.less)),
        (200, Bodies.trade("normal", detail: cardless), .conflict(.exact)),
        (200, Bodies.trade("normal", detail: "[]"), .conflict(.sumless)),
        (200, Bodies.trade("normal", detail: odd), .conflict(.sumless)),
        (200, Bodies.trade("normal", detail: oddCardless), .conflict(.sumless)),
        (200, #"{"status":"normal"}"#, .conflict(Trade())),
        (200, Bodies.trade("normal", detail: more), .collision),
        (200, Bodies.trade("normal", detail: #"[{"card":"002","amount":1250}]"#), .collision),
        (200, Bodies.trade("normal", seq: "K0011700000000001"), .unknown),
        (200, Bodies.portal, .unknown), (404, "{}", .unknown), (503, "", .unknown),
    ]

    @Test(
        "already paid, when never sent: only a proven stranger's number is given up",
        arguments: neverSent)
    func paidByWhom(status: Int, body: String, answer: PlatformAnswer) throws {
        let response = WireResponse(status, body)
        #expect(try Self.classification.alreadyPaid(response, of: .sample()) == answer)
    }
}

extension PlatformAnswer {
    /// Sent elsewhere, nobody says where to.
    fileprivate static let redirected = PlatformAnswer.later(after: nil, redirect: Redirect())
}

extension Trade {
    /// The whole amount, without a word about the balance.
    fileprivate static let exact = Trade(id: "T1", paid: Money(fen: 1_250))
    /// Nothing, or nothing that can be, is said of what was taken.
    fileprivate static let sumless = Trade(id: "T1")
    fileprivate static let less = Trade(id: "T1", paid: Money(fen: 1_249))
    fileprivate static let more = Trade(id: "T1", paid: Money(fen: 1_251))
}
