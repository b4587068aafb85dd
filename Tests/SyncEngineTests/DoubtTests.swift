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
        (.conflict(), .zero, .held, .platformConflict),
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

    /// A payment that another program sent, so long before ``Sample/start``.
    private func sentElsewhere(_ state: PaymentState, ago: Duration) -> Payment {
        var payment = Sample.payment(state)
        payment.inFlight = false
        payment.sentAt = Sample.start + (.zero - ago)
        payment.sentBootTime = nil
        return payment
    }

    @Test("what another program sent long ago may be forgotten, by the wall clock's word")
    func forgottenElsewhere() {
        let judge = Judge(rules: Sample.rules, startedAt: .seconds(5))
        let old = sentElsewhere(.accepted, ago: Sample.rules.orderMemory - .seconds(10))
        let held = judge.asked(old, .absent, refusal: nil, now: Sample.moment(after: 10))
        #expect(held.update?.state == .held && held.update?.reason == .platformForgot)
        let sent = judge.asked(old, .absent, refusal: nil, now: Sample.moment(after: 9))
        #expect(sent == Verdict(nil, .deliver))
    }

    @Test("what another program sent may have left until this engine began")
    func lateElsewhere() {
        let judge = Judge(rules: Sample.rules, startedAt: .seconds(5))
        let payment = sentElsewhere(.reversing, ago: .seconds(86_400))
        let waits = judge.reversed(payment, .absent, now: Sample.moment(after: 304))
        #expect(waits == Verdict(nil, .retry(after: .seconds(1))))
        let undone = judge.reversed(payment, .absent, now: Sample.moment(after: 305))
        #expect(undone.update?.state == .reversed)
    }

    @Test(
        "over a restart of the machine a 404 waits for the clock to be set, but not for ever",
        arguments: [PaymentState.accepted, .reversing])
    func unsetClock(state: PaymentState) {
        let judge = Judge(rules: Sample.rules, startedAt: .seconds(20))
        var payment = Sample.payment(state)
        payment.inFlight = false
        payment.sentAt = Sample.start
        payment.sentBootTime = BootTime(boot: 1, uptime: .seconds(5))
        func verdict(uptime: Int, isSet: Bool) -> Verdict {
            let now = Moment(
                wall: Sample.start + .seconds(60),
                bootTime: BootTime(boot: 2, uptime: .seconds(uptime)), isSynchronised: isSet)
            return judge.asked(payment, .absent, refusal: nil, now: now)
        }
        #expect(verdict(uptime: 619, isSet: false) == Verdict(nil, .retry()))
        #expect(verdict(uptime: 619, isSet: true) != Verdict(nil, .retry()))
        #expect(verdict(uptime: 620, isSet: false) != Verdict(nil, .retry()))
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
        await bench.platform.script(.deliver, .answer(.conflict()))
        await bench.engine.pay(payment)
        let after = try await bench.ledger.payment(payment.seq)
        #expect((after?.state, after?.reason) == (.refused, .platformConflict))
        #expect(await bench.platform.story == ["deliver"])
    }

    @Test("a payer whose own card was charged a sum that cannot be is told no, and it is undone")
    func impossibleSum() async throws {
        let bench = try EngineBench()
        let payment = try await bench.pending()
        await bench.platform.charge(payment)
        await bench.platform.script(.deliver, .answer(.overcharged(Trade(id: "T1"))))
        await bench.engine.pay(payment)
        let after = try await bench.ledger.payment(payment.seq)
        #expect((after?.state, after?.reason) == (.reversed, .platformConflict))
        #expect(await bench.platform.story == ["deliver", "reverse"])
        #expect(await bench.platform.charged(payment.seq) == .zero)
    }

    @Test("who was told no and was charged a sum that cannot be has it undone after the question")
    func impossibleSumLate() async throws {
        let bench = try EngineBench()
        let payment = try await bench.pending(policy: OfflinePolicy(enabled: false))
        await bench.platform.charge(payment)
        await bench.platform.script(.deliver, .answer(.later(after: nil)))
        await bench.platform.script(.ask, .answer(.overcharged(Trade(id: "T1"))))
        await bench.engine.pay(payment)
        #expect(try await bench.state(payment) == .reversed)
        #expect(await bench.platform.story == ["deliver", "ask", "reverse"])
        #expect(await bench.platform.charged(payment.seq) == .zero)
    }
}
