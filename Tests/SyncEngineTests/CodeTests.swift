import Ledger
import TerminalCore
import TerminalTesting
import Testing

@testable import SyncEngine

@Suite("A payer has a code instead of a card", .timeLimit(.minutes(1)))
struct CodeTests {
    let bench: EngineBench

    init() throws { bench = try EngineBench() }

    /// What the platform does, the state afterwards, its reason, the calls, what was charged.
    struct Case: Sendable, CustomStringConvertible {
        var description: String
        var deliver: [ScriptedPlatform.Step]
        var ask: [ScriptedPlatform.Step] = []
        var state: PaymentState
        var reason: Reason?
        var story: [String]
        var charged: Int64 = 0
    }

    static let cases = [
        Case(
            description: "all is well", deliver: [.honest], state: .settled, story: ["deliver"],
            charged: 1_500),
        Case(
            description: "the answer is lost, the question finds the charge",
            deliver: [.answerLost], state: .settled, story: ["deliver", "ask"], charged: 1_500),
        Case(
            description: "the request is lost: it is not sent again, but withdrawn",
            deliver: [.answer(.unknown)], state: .reversing, reason: .codeNeedsPlatform,
            story: ["deliver", "ask", "ask"]),
        Case(
            description: "neither is answered, and it was charged: it is undone",
            deliver: [.answerLost], ask: [.answer(.unknown)], state: .reversed,
            reason: .codeNeedsPlatform, story: ["deliver", "ask", "ask", "reverse"]),
        Case(
            description: "the platform is busy: refused, and surely undone",
            deliver: [.answer(.later(after: nil))], state: .reversing,
            reason: .codeNeedsPlatform, story: ["deliver", "ask"]),
        Case(
            description: "no network: refused, as nothing left",
            deliver: [.answer(.notSent(.network))], state: .refused,
            reason: .codeNeedsPlatform, story: ["deliver"]),
        Case(
            description: "a code that is wrong, used or too old",
            deliver: [.answer(.cardRefused(.platformRefused))], state: .refused,
            reason: .platformRefused, story: ["deliver"]),
        Case(
            description: "a definite no", deliver: [.answer(.refused(.balanceTooLow))],
            state: .refused, reason: .balanceTooLow, story: ["deliver"]),
        Case(
            description: "the holder's card is lost", deliver: [.answer(.cardLost)],
            state: .refused, reason: .cardLost, story: ["deliver"]),
        Case(
            description: "the order number is somebody else's: the code is spent, no second try",
            deliver: [.answer(.collision)], state: .refused, reason: .seqCollision,
            story: ["deliver"]),
    ]

    @Test("the platform decides, at one try", arguments: cases)
    func outcome(example: Case) async throws {
        for step in example.deliver { await bench.platform.script(.deliver, step) }
        for step in example.ask { await bench.platform.script(.ask, step) }
        let payment = try await bench.ledger.recordCode(
            Sample.draft(), platformIsUp: true, now: bench.clock.now())
        let code = try #require(OneTimeCode(.sms, "424242"))
        await bench.engine.pay(payment, code: code)
        let after = try #require(try await bench.ledger.payment(payment.seq))
        #expect((after.state, after.reason) == (example.state, example.reason))
        #expect(await bench.platform.story == example.story)
        #expect(await bench.platform.charged(payment.seq) == Money(fen: example.charged))
        #expect(await bench.platform.violations == [])
        #expect(await bench.platform.calls.contains { $0.code == code })
        #expect(try await bench.ledger.lostCards() == [])
    }

    @Test("one that was withdrawn is never sent after a restart; its late charge is undone")
    func restart() async throws {
        let payment = try await bench.ledger.recordCode(
            Sample.draft(), platformIsUp: true, now: bench.clock.now())
        await bench.platform.charge(payment)
        _ = try await bench.ledger.update(payment.seq, now: bench.clock.now()) { _ in
            PaymentUpdate(.reversing, reason: .interrupted, send: .ended)
        }
        let again = bench.restarted()
        try await again.running {
            await again.engine.wake()
            try await again.wait(for: payment.seq, in: .reversed)
        }
        #expect(await bench.platform.story == ["ask", "reverse"])
        #expect(await bench.platform.charged(payment.seq) == .zero)
    }
}
