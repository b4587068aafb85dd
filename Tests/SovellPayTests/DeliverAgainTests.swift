import OAuth
import SovellPay
import TerminalCore
import Testing

/// The answers to a POST that need another call: 401 and 406.
@Suite("Delivering a payment, where one POST does not settle it")
struct DeliverAgainTests {
    @Test("after a 401 the card is exchanged again and the order posted with the fresh token")
    func unauthorizedOnce() async throws {
        let wire = ScriptedWire([.token("t1"), .answer(401), .token("t2"), .paid])
        let delivery = await sovellPay(wire).deliver(try .sample(), despiteLoss: false)
        #expect(delivery == Delivery(.charged(.sample), card: .vouched))
        #expect(await wire.lines == [Line.token, Line.post, Line.token, Line.post])
        #expect(await wire.requests.last?.headers.first?.value == "Bearer t2")
        #expect(await wire.requests[1].body == wire.requests[3].body)
    }

    @Test("a second 401 is unknown, and there is no third try")
    func unauthorizedTwice() async throws {
        let wire = ScriptedWire([
            .token("t1"), .answer(401, Bodies.error), .token("t2"), .answer(401, Bodies.error),
        ])
        let delivery = await sovellPay(wire).deliver(try .sample(), despiteLoss: false)
        #expect(delivery == Delivery(.unknown, card: .vouched))
        #expect(await wire.lines == [Line.token, Line.post, Line.token, Line.post])
    }

    @Test("when the second exchange fails, the first POST stays unknown")
    func secondExchangeFails() async throws {
        let wire = ScriptedWire([.token("t1"), .answer(401), .answer(503)])
        let delivery = await sovellPay(wire).deliver(try .sample(), despiteLoss: false)
        #expect(delivery == Delivery(.unknown, card: .vouched))
        #expect(await wire.lines == [Line.token, Line.post, Line.token])
    }

    @Test(
        "when the second POST does not leave, the first one stays unknown",
        arguments: [
            [.token("t1"), .answer(401), .token("t2"), .failure(.notSent("refused"))],
            [.token("t1"), .answer(401), .token("t2", st: "lost")],
            [.token("t1"), .answer(401), .token("t2", st: "locked")],
            [.token("t1"), .answer(401), .answer(400, #"{"error":"invalid_grant"}"#)],
        ] as [[Result<WireResponse, WireFailure>]])
    func secondPostStays(script: [Result<WireResponse, WireFailure>]) async throws {
        let delivery = await sovellPay(ScriptedWire(script)).deliver(
            try .sample(), despiteLoss: false)
        #expect(delivery.answer == .unknown)
    }

    @Test("a payment that was withdrawn after a 401 is not posted again")
    func withdrawnAfterFirst() async throws {
        let wire = ScriptedWire([.token("t1"), .answer(401), .token("t2"), .paid])
        let (looks, payment) = (Looks(), try Payment.sample())
        let delivery = await sovellPay(wire).deliver(
            payment, despiteLoss: { false }, clearance: { await looks.next() ? payment : nil })
        #expect(delivery == Delivery(.unknown, card: .vouched))
        #expect(await wire.lines == [Line.token, Line.post, Line.token])
    }

    /// The first look finds the payment owed, later ones do not.
    private actor Looks {
        private var isFirst = true

        func next() -> Bool {
            defer { isFirst = false }
            return isFirst
        }
    }

    @Test("a card that the second exchange calls lost is not posted again")
    func lostAtSecondExchange() async throws {
        let wire = ScriptedWire([.token("t1"), .answer(401), .token("t2", st: "lost"), .paid])
        let delivery = await sovellPay(wire).deliver(try .sample(), despiteLoss: false)
        #expect(delivery.card == .lost)
        #expect(await wire.lines == [Line.token, Line.post, Line.token])
    }

    @Test(
        "already paid, on the first send ever: a conflict, or a stranger's",
        arguments: [
            (.paid, .conflict(.sample)),
            (.answer(200, Bodies.trade("normal", detail: #"[{"card":"9"}]"#)), .collision),
            (.answer(404), .unknown), (.failure(.unknown("reset")), .unknown),
        ] as [(Result<WireResponse, WireFailure>, PlatformAnswer)])
    func alreadyPaidFirst(
        asked: Result<WireResponse, WireFailure>, answer: PlatformAnswer
    ) async throws {
        let wire = ScriptedWire([.token("card"), .answer(406), .token("terminal"), asked])
        let delivery = await sovellPay(wire).deliver(try .sample(), despiteLoss: false)
        #expect(delivery == Delivery(answer, card: .vouched))
        #expect(await wire.lines == [Line.token, Line.post, Line.token, Line.get])
    }

    @Test(
        "already paid, when sent before, is settled by asking as the terminal",
        arguments: [
            (.paid, .charged(.sample)),
            (.answer(200, Bodies.trade("normal", created: 1_600_000_000_000)), .charged(.sample)),
            (.answer(200, Bodies.trade("normal", detail: #"[{"card":"9"}]"#)), .collision),
            (.answer(200, Bodies.trade("accepted")), .processing),
            (.answer(404), .unknown), (.answer(503), .unknown),
            (.answer(200, Bodies.portal), .unknown),
            (.failure(.notSent("refused")), .unknown), (.failure(.unknown("reset")), .unknown),
        ] as [(Result<WireResponse, WireFailure>, PlatformAnswer)])
    func alreadyPaid(
        asked: Result<WireResponse, WireFailure>, answer: PlatformAnswer
    ) async throws {
        let wire = ScriptedWire([.token("card"), .answer(406), .token("terminal"), asked])
        let payment = try Payment.sample(attempts: 2, unresolved: 2)
        let delivery = await sovellPay(wire).deliver(payment, despiteLoss: false)
        #expect(delivery == Delivery(answer, card: .vouched))
        #expect(await wire.lines == [Line.token, Line.post, Line.token, Line.get])
        #expect(
            await wire.requests.last?.headers == [.init("Authorization", "Bearer terminal")])
    }

    @Test("already paid, and no terminal token to ask with, is unknown")
    func alreadyPaidUnasked() async throws {
        let wire = ScriptedWire([.token("card"), .answer(406), .answer(503)])
        let payment = try Payment.sample(attempts: 2, unresolved: 2)
        let delivery = await sovellPay(wire).deliver(payment, despiteLoss: false)
        #expect(delivery.answer == .unknown)
    }

    @Test("already paid is judged by the sends that are counted when it is cleared")
    func alreadyPaidAsCleared() async throws {
        let wire = ScriptedWire([.token("card"), .answer(406), .token("terminal"), .paid])
        let cleared = try Payment.sample(attempts: 2, unresolved: 2)
        let delivery = await sovellPay(wire).deliver(
            try .sample(attempts: 1, unresolved: 1), despiteLoss: { false },
            clearance: { cleared })
        #expect(delivery == Delivery(.charged(.sample), card: .vouched))
    }

    /// A held conflict that an operator submits was sent before, although that send was answered.
    @Test("already paid, after an answered send, is asked for as well")
    func alreadyPaidAfterAnswer() async throws {
        let wire = ScriptedWire([.token("card"), .answer(406), .token("terminal"), .paid])
        let payment = try Payment.sample(attempts: 2, unresolved: 1)
        let delivery = await sovellPay(wire).deliver(payment, despiteLoss: false)
        #expect(delivery.answer == .charged(.sample))
        #expect(await wire.lines == [Line.token, Line.post, Line.token, Line.get])
    }
}
