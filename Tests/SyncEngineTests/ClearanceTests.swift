import Ledger
import TerminalCore
import TerminalTesting
import Testing

@testable import SyncEngine

@Suite("A payment of the backlog between its card's exchange and its POST", .timeLimit(.minutes(1)))
struct ClearanceTests {
    let bench: EngineBench

    init() throws { bench = try EngineBench() }

    private func row(_ payment: Payment) async throws -> Payment {
        try #require(try await bench.ledger.payment(payment.seq))
    }

    @Test("is marked after the exchange and before the POST")
    func marked() async throws {
        let payment = try await bench.accepted()
        await bench.platform.hold(.exchange)
        await bench.platform.hold(.deliver)
        try await bench.running {
            await bench.platform.waitForCalls(1, of: .exchange)
            let before = try await row(payment)
            #expect((before.attempts, before.unresolved, before.inFlight) == (0, 0, false))
            await bench.platform.release(.exchange)
            await bench.platform.waitForCalls(1, of: .deliver)
            let during = try await row(payment)
            #expect((during.attempts, during.unresolved, during.inFlight) == (1, 1, true))
            await bench.platform.release(.deliver)
            let after = try await bench.wait(for: payment.seq, in: .settled)
            #expect((after.attempts, after.unresolved, after.inFlight) == (1, 0, false))
        }
    }

    @Test("a second POST goes by the mark of the first")
    func again() async throws {
        let (payment, mark) = (try await bench.accepted(), SendMark(.absent))
        let first = try #require(await bench.engine.cleared(payment, under: mark))
        let second = try #require(await bench.engine.cleared(payment, under: mark))
        #expect((first.attempts, first.unresolved) == (1, 1))
        #expect((second.attempts, second.unresolved) == (1, 1))
    }

    @Test("an exchange that fails writes nothing, and is tried again")
    func noToken() async throws {
        let payment = try await bench.accepted()
        await bench.platform.script(.exchange, .answer(.notSent(.platform(after: nil))))
        try await bench.running {
            await bench.clock.waitForSleepers(1)
            #expect(await bench.engine.status.backingOff == 1)
            let after = try await row(payment)
            #expect(after == payment)
            try await bench.wait(for: payment.seq, in: .settled)
        }
        #expect(await bench.platform.story == ["deliver"])
    }

    @Test("a card that its exchange refuses is asked for, and leaves no trace of a send")
    func refusedCard() async throws {
        let payment = try await bench.accepted()
        await bench.platform.script(.exchange, .answer(.cardRefused(.cardUnknown)))
        try await bench.running {
            let after = try await bench.wait(for: payment.seq, in: .rejected)
            #expect((after.reason, after.attempts) == (.cardUnknown, 0))
        }
        #expect(await bench.platform.story == ["ask"])
    }

    @Test("what is withdrawn during the exchange is neither marked nor posted")
    func withdrawn() async throws {
        let payment = try await bench.accepted()
        await bench.platform.hold(.exchange)
        try await bench.running {
            await bench.platform.waitForCalls(1, of: .exchange)
            _ = try await bench.ledger.update(payment.seq, now: bench.clock.now()) { _ in
                PaymentUpdate(.reversing, by: "chen")
            }
            await bench.platform.release(.exchange)
            let after = try await bench.wait(for: payment.seq, in: .reversed)
            #expect(after.attempts == 0)
        }
        #expect(await bench.platform.story == [])
    }

    @Test(
        "what is withdrawn while it waits for a place is not posted when it waited for long",
        arguments: [99, 100])
    func withdrawnInLine(milliseconds: Int) async throws {
        let bench = try EngineBench(rules: DeliveryRules(concurrency: 1))
        let payments = [try await bench.accepted(1), try await bench.accepted(2)]
        await bench.platform.hold(.exchange)
        try await bench.running {
            await bench.letOneWaitForItsPlace()
            bench.clock.advance(by: .milliseconds(milliseconds))
            _ = try await bench.ledger.update(payments[0].seq, now: bench.clock.now()) { _ in
                PaymentUpdate(.reversing, by: "chen")
            }
            await bench.platform.release(.exchange)
            for (payment, state) in zip(payments, [PaymentState.reversed, .settled]) {
                try await bench.wait(for: payment.seq, in: state)
            }
        }
        // A mark that is fresh still counts: what was posted by it is undone.
        let posted = await bench.platform.calls.filter { $0.kind == .deliver }.map(\.order)
        #expect(posted.contains(payments[0].order) == (milliseconds < 100))
        #expect(await bench.platform.charged(payments[0].seq) == .zero)
    }

    @Test("what waits for a place while the platform goes away is not posted, and not in doubt")
    func outageInLine() async throws {
        let bench = try EngineBench(rules: DeliveryRules(concurrency: 1))
        let payments = [try await bench.accepted(1), try await bench.accepted(2)]
        await bench.platform.hold(.exchange)
        try await bench.running {
            await bench.letOneWaitForItsPlace()
            for _ in 0..<3 { await bench.engine.note(.notSent(.network)) }
            await bench.platform.script(.exchange, .answer(.notSent(.network)))
            await bench.platform.release(.exchange)
            while try await bench.ledger.payment(payments[0].seq)?.inFlight != false {
                await Task.yield()
            }
            let after = try #require(try await bench.ledger.payment(payments[0].seq))
            #expect((after.state, after.attempts, after.unresolved) == (.accepted, 0, 0))
            #expect(await !bench.engine.platformIsUp)
            #expect(await bench.platform.story == [])
        }
    }

    @Test("an exchange that fails ends no doubt about an earlier POST of what is withdrawn")
    func withdrawnInDoubt() async throws {
        let payment = try await bench.accepted()
        _ = try await bench.ledger.markSend(payment.seq, now: bench.clock.now())
        _ = try await bench.ledger.update(payment.seq, now: bench.clock.now()) { _ in
            PaymentUpdate(send: .ended)
        }
        await bench.platform.hold(.exchange)
        await bench.platform.script(.exchange, .answer(.notSent(.platform(after: nil))))
        try await bench.running {
            // The order is not there yet: its POST comes late.
            await bench.platform.waitForCalls(1, of: .exchange)
            _ = try await bench.ledger.update(payment.seq, now: bench.clock.now()) { _ in
                PaymentUpdate(.reversing, by: "chen")
            }
            await bench.platform.charge(payment)
            await bench.platform.release(.exchange)
            try await bench.wait(for: payment.seq, in: .reversed)
        }
        #expect(await bench.platform.story == ["ask", "ask", "reverse"])
        #expect(await bench.platform.charged(payment.seq) == .zero)
    }

    @Test("who is being told no while the ledger cannot be written is not posted")
    func forbidden() async throws {
        let payment = try await bench.accepted()
        await bench.platform.hold(.exchange)
        try await bench.running {
            await bench.platform.waitForCalls(1, of: .exchange)
            bench.engine.forbidApproval(of: payment.seq)
            await bench.platform.release(.exchange)
            await bench.clock.waitForSleepers(1)
            let after = try await row(payment)
            #expect((after.state, after.attempts, after.inFlight) == (.accepted, 0, false))
            try await bench.engine.withdraw(payment.seq)
            try await bench.wait(for: payment.seq, in: .reversed)
        }
        #expect(await bench.platform.story == [])
    }
}
