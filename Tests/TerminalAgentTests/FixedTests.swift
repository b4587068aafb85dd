import TerminalAgent
import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("Each tap pays", .timeLimit(.minutes(1)))
struct FixedTests {
    @Test("each tap is a payment at the price of the day")
    func perTap() async throws {
        let bench = try AgentBench(mode: .fixed)
        try await bench.running {
            for card in 1...2 {
                await bench.agent.simulateTap(Sample.card(card))
                let payment = try #require(try await bench.payments().last)
                #expect(payment.amount == Money(fen: 1_500))
                await bench.screen { $0.approvedSeq == payment.seq }
            }
            await #expect(throws: RequestError.fixedMode) { try await bench.request() }
        }
        #expect(try await bench.payments().count == 2)
    }

    @Test("another price holds from the next tap on; the mode stays")
    func otherPrice() async throws {
        let bench = try AgentBench(mode: .fixed)
        let dearer = Schedule(periods: [], amount: Money(fen: 2_000), title: "Dinner")
        try await bench.running {
            await bench.agent.simulateTap(Sample.card(1))
            await bench.agent.adopt(
                AgentRules(mode: .requested, title: "Canteen", schedule: dearer))
            #expect(bench.agent.rules.mode == .fixed)
            await bench.agent.simulateTap(Sample.card(2))
        }
        let payments = try await bench.payments()
        #expect(payments.map(\.amount) == [Money(fen: 1_500), Money(fen: 2_000)])
        #expect(payments.map(\.title) == ["Lunch", "Dinner"])
    }

    @Test("outside of the schedule a tap pays nothing")
    func closed() async throws {
        let bench = try AgentBench(mode: .fixed, schedule: AgentBench.closed)
        try await bench.running {
            #expect(await bench.agent.screen == .idle)
            await bench.agent.simulateTap(Sample.card())
        }
        #expect(try await bench.payments() == [])
    }

    @Test("a card pays only so often in one period")
    func perPeriod() async throws {
        let bench = try AgentBench(mode: .fixed, perCardPerPeriod: 1)
        try await bench.running {
            await bench.agent.simulateTap(Sample.card())
            let first = try #require(try await bench.payments().first)
            _ = try await bench.wait(for: first.seq, in: .settled)
            await bench.screen(\.isApproved)
            bench.clock.advance(by: .seconds(60))
            await bench.agent.simulateTap(Sample.card())
            let screen = await bench.screen { $0.declinedReason != nil }
            #expect(screen?.declinedReason == .periodLimit)
        }
        #expect(await bench.platform.count(.deliver) == 1)
    }

    @Test(
        "after a restart a card with an untold payment is shown it and pays again only if told",
        arguments: [false, true], [0, -1_800, 40 * 365 * 86_400])
    func untold(wasTold: Bool, clockJump: Int) async throws {
        let first = try AgentBench(mode: .fixed)
        var second: AgentBench?
        try await first.running {
            await first.agent.simulateTap(Sample.card())
            let seq = try #require(try await first.payments().first).seq
            let payment = try await first.wait(for: seq, in: .settled)
            await first.screen(\.isApproved)
            if wasTold { await first.agent.told(payment) }
            first.clock.advance(by: .seconds(10))
            first.clock.setWall(first.clock.now() + .seconds(clockJump))
            second = try first.afterPowerLoss(mode: .fixed)
        }
        let bench = try #require(second)
        try await bench.running {
            await bench.agent.simulateTap(Sample.card())
            await bench.screen(\.isApproved)
        }
        #expect(try await bench.payments().count == (wasTold ? 2 : 1))
        #expect(await bench.platform.count(.deliver) == (wasTold ? 2 : 1))
    }
}

@Suite("Trouble", .timeLimit(.minutes(1)))
struct TroubleTests {
    @Test("when nothing can be written the payer is told so and nothing is charged")
    func storage() async throws {
        let bench = try AgentBench(mode: .fixed)
        try await bench.running {
            try await bench.makeReadOnly(true)
            await bench.agent.simulateTap(Sample.card())
            #expect(await bench.agent.screen.declinedReason == .storageFailed)
            #expect(await bench.agent.storageProblem != nil)
            bench.clock.advance(by: .seconds(5))
            guard case .outOfService = await bench.agent.screen else {
                Issue.record("\(await bench.agent.screen)")
                return
            }
            try await bench.makeReadOnly(false)
            await bench.agent.simulateTap(Sample.card())
            await bench.screen(\.isApproved)
            #expect(await bench.agent.storageProblem == nil)
        }
        #expect(await bench.platform.count(.deliver) == 1)
    }

    @Test("the deadline passes and nothing can be written: declined, whatever the tap decided")
    func deadline() async throws {
        let bench = try AgentBench()
        await bench.platform.hold(.deliver)
        try await bench.running {
            let payment = try await bench.request()
            await bench.agent.simulateTap(Sample.card())
            await bench.platform.waitForCalls(1, of: .deliver)
            await bench.clock.waitForSleepers(1, within: .seconds(4))
            try await bench.makeReadOnly(true)
            bench.clock.advance(by: .seconds(4))
            let screen = await bench.screen { !$0.isPaying }
            #expect(
                screen == .declined(seq: payment.seq, reason: .storageFailed, isReturning: true))
            #expect(await bench.agent.storageProblem != nil)
            #expect(try await bench.ledger.payment(payment.seq)?.state == .pending)
            try await bench.makeReadOnly(false)
            await bench.platform.release(.deliver)
        }
    }

    @Test("a request that cannot be written is refused, and the counter stays free")
    func request() async throws {
        let bench = try AgentBench()
        try await bench.running {
            try await bench.makeReadOnly(true)
            await #expect(throws: RequestError.self) { try await bench.request() }
            try await bench.makeReadOnly(false)
            _ = try await bench.request()
            #expect(await bench.agent.storageProblem == nil)
        }
    }

    @Test("after stop no tap is taken")
    func stopped() async throws {
        let bench = try AgentBench()
        let payment = try await bench.request()
        await bench.agent.stop()
        await bench.agent.simulateTap(Sample.card())
        let state = try await bench.ledger.payment(payment.seq)?.state
        #expect(state == .awaitingCard)
    }

    @Test("a loss of power during a POST: its payer was told nothing, so it is undone")
    func powerLoss() async throws {
        let first = try AgentBench()
        var second: AgentBench?
        await first.platform.hold(.deliver)
        try await first.running {
            _ = try await first.request()
            await first.agent.simulateTap(Sample.card())
            await first.platform.waitForCalls(1, of: .deliver)
            second = try AgentBench(
                files: first.files.copy(), clock: first.clock, platform: ScriptedPlatform())
            await first.platform.release(.deliver)
            await first.screen(\.isApproved)
        }
        let bench = try #require(second)
        let payment = try #require(try await bench.payments().first)
        await bench.platform.charge(payment)
        try await bench.running { _ = try await bench.wait(for: payment.seq, in: .reversed) }
        #expect(try await bench.ledger.payment(payment.seq)?.reason == .interrupted)
        #expect(await bench.platform.charged(payment.seq) == .zero)
    }

    @Test("what waited for a tap at a restart is cancelled")
    func restart() async throws {
        let first = try AgentBench()
        var second: AgentBench?
        try await first.running {
            _ = try await first.request()
            second = try first.afterPowerLoss()
        }
        let bench = try #require(second)
        try await bench.running {}
        #expect(try await bench.payments().map(\.state) == [.cancelled])
        #expect(try await bench.payments().map(\.reason) == [.interrupted])
    }
}
