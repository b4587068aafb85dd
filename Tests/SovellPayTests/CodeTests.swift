import OAuth
import SovellPay
import TerminalCore
import Testing

@Suite("Delivering a payment by code")
struct CodeTests {
    private func payment(attempts: Int = 1) throws -> Payment {
        var payment = try Payment.sample(attempts: attempts, unresolved: attempts)
        payment.card = nil
        return payment
    }

    private func deliver(
        _ wire: ScriptedWire, code: OneTimeCode? = OneTimeCode(.qr, "A b&=+/1")
    ) async throws -> Delivery {
        let payment = try payment()
        return await sovellPay(wire).deliver(
            payment, code: code, despiteLoss: { false }, clearance: { payment })
    }

    @Test("the code is exchanged as it is, then the order is posted with the payer's token")
    func bytes() async throws {
        let wire = ScriptedWire([
            .token("payers"), .answer(200, Bodies.trade("normal", detail: "[]")),
        ])
        #expect(try await deliver(wire) == Delivery(.charged(Trade(id: "T1")), card: .vouched))
        #expect(await wire.lines == [Line.token, Line.post])
        let requests = await wire.requests
        #expect(
            String(decoding: requests[0].body ?? [], as: UTF8.self)
                == "grant_type=authorization_code&code=A%20b%26%3D%2B%2F1"
                + "&client_id=id&client_secret=q1LQuI8C4CI")
        #expect(requests[1].headers.first == .init("Authorization", "Bearer payers"))
    }

    @Test("a code that the platform does not take says so, and nothing is posted")
    func wrong() async throws {
        let wire = ScriptedWire([.answer(400, #"{"error":"invalid_grant"}"#)])
        #expect(
            try await deliver(wire)
                == Delivery(
                    .cardRefused(.platformRefused), note: "the code is wrong, used or too old"))
        #expect(await wire.lines == [Line.token])
    }

    @Test("what is no code for the platform is the payer's trouble, not this terminal's")
    func noCode() async throws {
        let wire = ScriptedWire([.answer(400, #"{"error":"invalid_request"}"#)])
        #expect(
            try await deliver(wire)
                == Delivery(
                    .cardRefused(.platformRefused), note: "the platform takes no such code"))
    }

    /// What the answer to our own POST says of a card and a sum, and what that means.
    static let answers: [(detail: String, answer: PlatformAnswer)] = [
        (
            #"[{"amount":0},{"card":"001","amount":1000}]"#,
            .charged(Trade(id: "T1", paid: Money(fen: 1_000)))
        ),
        (#"[{"card":"001"}]"#, .charged(Trade(id: "T1"))),
        (
            #"[{"card":"001","amount":1251}]"#,
            .overcharged(Trade(id: "T1", paid: Money(fen: 1_251)))
        ),
        (#"[{"card":"001","amount":-1}]"#, .overcharged(Trade(id: "T1"))),
    ]

    @Test(
        "the answer to the only POST is our own order's, whatever card it names", arguments: answers
    )
    func ownAnswer(detail: String, answer: PlatformAnswer) async throws {
        let wire = ScriptedWire([
            .token("t"), .answer(200, Bodies.trade("normal", detail: detail)),
        ])
        #expect(try await deliver(wire).answer == answer)
    }

    @Test("a code is good once: after a 401 there is no second exchange, and the order is in doubt")
    func unauthorised() async throws {
        let wire = ScriptedWire([.token("t1"), .answer(401), .token("t2"), .paid])
        #expect(try await deliver(wire) == Delivery(.unknown, card: .vouched))
        #expect(await wire.lines == [Line.token, Line.post])
    }

    @Test("the code of a holder whose card is lost pays nothing")
    func lost() async throws {
        let wire = ScriptedWire([.token("t", st: "lost")])
        #expect(try await deliver(wire).answer == .cardLost)
        #expect(await wire.lines == [Line.token])
    }

    @Test("without card and code nothing is sent")
    func nobody() async throws {
        let wire = ScriptedWire([])
        #expect(try await deliver(wire, code: nil).answer == .notSent(.withdrawn))
        #expect(await wire.requests.isEmpty)
    }

    /// What an order that names a card took, how often ours was sent, and whose it is then.
    static let owners: [(detail: String, attempts: Int, answer: PlatformAnswer)] = [
        (Bodies.detail, 1, .charged(.sample)), (Bodies.detail, 0, .conflict(.sample)),
        (
            #"[{"card":"001","amount":1251}]"#, 1,
            .conflict(Trade(id: "T1", paid: Money(fen: 1_251)))
        ),
        (#"[{"card":"001","amount":1}]"#, 1, .conflict(Trade(id: "T1", paid: Money(fen: 1)))),
        (#"[{"card":"001"}]"#, 1, .conflict(Trade(id: "T1"))),
        (#"[{"amount":1251}]"#, 1, .overcharged(Trade(id: "T1", paid: Money(fen: 1_251)))),
    ]

    @Test("an order that names a card is a code's only over just its sum", arguments: owners)
    func owner(detail: String, attempts: Int, answer: PlatformAnswer) async throws {
        let trade = Bodies.trade("normal", detail: detail)
        let pay = sovellPay(ScriptedWire([.token("t"), .answer(200, trade)]))
        #expect(await pay.ask(try payment(attempts: attempts), patience: nil) == answer)
    }

    @Test("a trade that the answer to the POST has named stays ours, also over less by a voucher")
    func known() async throws {
        let trade = Bodies.trade("normal", detail: #"[{"card":"001","amount":1000}]"#)
        var settled = try payment()
        (settled.state, settled.tradeID) = (.settled, "T1")
        let pay = sovellPay(ScriptedWire([.token("t"), .answer(200, trade)]))
        let answer = await pay.ask(settled, patience: nil)
        #expect(answer == .charged(Trade(id: "T1", paid: Money(fen: 1_000))))
    }
}
