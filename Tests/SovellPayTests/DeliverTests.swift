import OAuth
import SovellPay
import TerminalCore
import Testing

@Suite("Delivering a payment")
struct DeliverTests {
    @Test("the card is exchanged, then the order is posted, byte for byte")
    func bytes() async throws {
        let wire = ScriptedWire([.token("card-token"), .paid])
        let delivery = await sovellPay(wire).deliver(try .sample(), despiteLoss: false)
        #expect(delivery == Delivery(.charged(.sample), card: .vouched))
        let requests = await wire.requests
        try #require(requests.count == 2)
        #expect(
            String(decoding: requests[0].body ?? [], as: UTF8.self)
                == "grant_type=offline_cert&code=card%2F001"
                + "&client_id=id&client_secret=q1LQuI8C4CI")
        #expect(requests[1].method == .post)
        #expect(requests[1].url == "https://pre.sovell.com/sovellpay/v2/trade")
        #expect(
            requests[1].headers == [
                .init("Authorization", "Bearer card-token"),
                .init("Content-Type", "application/json"),
            ])
        #expect(
            String(decoding: requests[1].body ?? [], as: UTF8.self)
                == #"{"app":"wallet","expire":"300s","intent":"pay 1250","#
                + #""seq":"K0011700000000000","sign":"a7b7f41d64fbb7b853c5ae1307336c50","#
                + #""title":"Lunch"}"#)
    }

    @Test("a title of any letters is posted as it is signed")
    func title() async throws {
        let wire = ScriptedWire([.token("card-token"), .paid])
        let payment = try Payment.sample(title: "午餐 & 茶/½=\"x\"")
        _ = await sovellPay(wire).deliver(payment, despiteLoss: false)
        #expect(
            String(decoding: await wire.requests.last?.body ?? [], as: UTF8.self)
                == #"{"app":"wallet","expire":"300s","intent":"pay 1250","#
                + #""seq":"K0011700000000000","sign":"dae393188a71d185bba0bb0487008442","#
                + #""title":"午餐 & 茶/½=\"x\""}"#)
    }

    @Test("a renewed order is posted under its new number")
    func renewed() async throws {
        let order = "K0011700000009999"
        let wire = ScriptedWire([
            .token("t"), .answer(200, Bodies.trade("normal", seq: order)),
        ])
        let delivery = await sovellPay(wire).deliver(
            try .sample(order: order), despiteLoss: false)
        #expect(delivery.answer == .charged(.sample))
        let body = String(decoding: await wire.requests.last?.body ?? [], as: UTF8.self)
        #expect(body.contains(#""seq":"K0011700000009999""#))
    }

    @Test("a lost card is never posted, unless the site submits despite the loss")
    func lost() async throws {
        let refusing = ScriptedWire([.token("t", st: "lost")])
        #expect(
            await sovellPay(refusing).deliver(try .sample(), despiteLoss: false)
                == Delivery(.cardLost, card: .lost))
        #expect(await refusing.lines == [Line.token])
        let submitting = ScriptedWire([.token("t", st: "lost"), .paid])
        #expect(
            await sovellPay(submitting).deliver(try .sample(), despiteLoss: true)
                == Delivery(.charged(.sample), card: .lost))
        #expect(await submitting.lines == [Line.token, Line.post])
    }

    @Test(
        "a card in any other state is refused without a POST, with the state in the note",
        arguments: ["locked", "LOST", "normal", "expired"], [false, true])
    func notNormal(state: String, despiteLoss: Bool) async throws {
        let wire = ScriptedWire([.token("t", st: state)])
        #expect(
            await sovellPay(wire).deliver(try .sample(), despiteLoss: despiteLoss)
                == Delivery(.cardRefused(.cardNotNormal), note: "st is \(state)"))
        #expect(await wire.lines == [Line.token])
    }

    @Test(
        "without a token nothing was sent, and the reason is told apart",
        arguments: [
            (.answer(400, #"{"error":"invalid_grant"}"#), .cardRefused(.cardUnknown)),
            (.answer(401, #"{"error":"invalid_client"}"#), .notSent(.credentials)),
            (.answer(400, #"{"error":"invalid_scope"}"#), .notSent(.credentials)),
            (.answer(503), .notSent(.platform(after: nil))),
            (.answer(429, after: .seconds(9)), .notSent(.platform(after: .seconds(9)))),
            (.answer(200, Bodies.portal), .notSent(.platform(after: nil))),
            (.answer(302), .notSent(.redirected(Redirect()))),
            (.failure(.notSent("refused")), .notSent(.network)),
            (.failure(.unknown("no answer in time")), .notSent(.network)),
        ] as [(Result<WireResponse, WireFailure>, PlatformAnswer)])
    func noToken(
        exchange: Result<WireResponse, WireFailure>, answer: PlatformAnswer
    ) async throws {
        let wire = ScriptedWire([exchange])
        let delivery = await sovellPay(wire).deliver(try .sample(), despiteLoss: false)
        #expect(delivery == Delivery(answer))
        #expect(await wire.lines == [Line.token])
    }

    @Test(
        "a POST that left without an answer is unknown, one that did not leave is not sent",
        arguments: [
            (.notSent("refused"), .notSent(.network)), (.unknown("reset"), .unknown),
        ] as [(WireFailure, PlatformAnswer)])
    func noAnswer(failure: WireFailure, answer: PlatformAnswer) async throws {
        let wire = ScriptedWire([.token("t"), .failure(failure)])
        let delivery = await sovellPay(wire).deliver(try .sample(), despiteLoss: false)
        #expect(delivery == Delivery(answer, card: .vouched))
    }

    @Test("a 402 with the endpoint's JSON is the configured refusal, and vouches for the card")
    func refusal() async throws {
        let wire = ScriptedWire([.token("t"), .answer(402, Bodies.error)])
        let delivery = await sovellPay(wire).deliver(try .sample(), despiteLoss: false)
        #expect(delivery == Delivery(.refused(.balanceTooLow), card: .vouched))
    }

    @Test("a payment that was withdrawn while its card was exchanged is not posted")
    func withdrawn() async throws {
        let wire = ScriptedWire([.token("t"), .paid])
        let delivery = await sovellPay(wire).deliver(
            try .sample(), despiteLoss: { false }, clearance: { nil })
        #expect(delivery == Delivery(.notSent(.withdrawn), card: .vouched))
        #expect(await wire.lines == [Line.token])
    }

    @Test("a card that is not lost raises no question about its loss")
    func notLost() async throws {
        let payment = try Payment.sample()
        let unasked: @Sendable () async -> Bool = {
            Issue.record("somebody was asked")
            return false
        }
        let delivery = await sovellPay(ScriptedWire([.token("t"), .paid])).deliver(
            payment, despiteLoss: unasked, clearance: { payment })
        #expect(delivery.answer == .charged(.sample))
    }
}
