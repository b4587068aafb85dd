import Ledger
import TerminalCore
import TerminalTesting
import Testing

@testable import SyncEngine

/// Where the platform's word conflicts with ours, or is none, over the real ledger and engine.
@Suite("Doubts about an approved payment", .timeLimit(.minutes(1)))
struct DoubtTests {
    /// A payment that was sent once without an answer, then what the platform says about it.
    static let doubts: [(PlatformAnswer, age: Duration, PaymentState, Reason?)] = [
        (.conflict, .zero, .held, .platformConflict),
        (.collision, .zero, .held, .platformConflict),
        (.processing, Sample.rules.processingMax, .held, .platformProcessing),
        (.absent, Sample.rules.orderMemory, .held, .platformForgot),
        (.absent, Sample.rules.orderMemory - .seconds(1), .settled, nil),
        (.dead, .zero, .rejected, .platformRefused),
    ]

    @Test("what is asked after an open POST decides", arguments: doubts)
    func asked(
        answer: PlatformAnswer, age: Duration, state: PaymentState, reason: Reason?
    ) async throws {
        let bench = try EngineBench()
        let payment = try await bench.accepted()
        _ = try await bench.ledger.markSend(payment.seq, now: bench.clock.now())
        _ = try await bench.ledger.update(payment.seq, now: bench.clock.now()) { _ in
            PaymentUpdate(send: .ended)
        }
        bench.clock.advance(by: age)
        await bench.platform.script(.ask, .answer(answer))
        try await bench.running {
            let payment = try await bench.wait(for: payment.seq, in: state)
            #expect(payment.reason == reason)
        }
        #expect(await bench.platform.charged(payment.seq).fen == (state == .settled ? 1_500 : 0))
    }

    @Test("what was sent before this clock knew of it is forgotten by the wall clock's word")
    func sentElsewhere() {
        var payment = Sample.payment(.accepted)
        payment.inFlight = false
        payment.sentAt = Sample.start + (.seconds(10) - Sample.rules.orderMemory)
        let judge = Judge(rules: Sample.rules)
        let verdict = judge.asked(
            payment, .absent, refusal: nil, now: Sample.moment(after: 10))
        #expect(verdict.update?.state == .held && verdict.update?.reason == .platformForgot)
        let earlier = judge.asked(payment, .absent, refusal: nil, now: Sample.moment(after: 9))
        #expect(earlier == Verdict(nil, .deliver))
    }

    @Test("a platform that works on the payer's order says so in the row while it is asked again")
    func processing() async throws {
        let bench = try EngineBench()
        let payment = try await bench.pending()
        await bench.platform.script(.deliver, .answer(.processing))
        await bench.platform.script(.ask, .answer(.processing))
        async let paying: Void = bench.engine.pay(payment)
        await bench.clock.waitForSleepers(1)
        let now = try await bench.ledger.payment(payment.seq)
        #expect((now?.state, now?.reason) == (.pending, .platformProcessing))
        bench.clock.advance(by: .milliseconds(250))
        await paying
        #expect(try await bench.state(payment) == .settled)
    }

    @Test("a payer whose order conflicts with another's is refused, nothing is undone")
    func conflict() async throws {
        let bench = try EngineBench()
        let payment = try await bench.pending()
        await bench.platform.script(.deliver, .answer(.conflict))
        await bench.engine.pay(payment)
        let after = try await bench.ledger.payment(payment.seq)
        #expect((after?.state, after?.reason) == (.refused, .platformConflict))
        #expect(await bench.platform.story == ["deliver"])
    }
}
