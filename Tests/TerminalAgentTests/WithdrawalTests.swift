import SyncEngine
import TerminalAgent
import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("A payer who was told no, while that could not be written", .timeLimit(.minutes(1)))
struct WithdrawalTests {
    /// A payment whose POST is under way, at whose deadline nothing can be written.
    private func declined(_ bench: AgentBench) async throws -> Payment {
        await bench.platform.hold(.deliver)
        let payment = try await bench.request()
        await bench.agent.simulateTap(Sample.card())
        await bench.platform.waitForCalls(1, of: .deliver)
        await bench.clock.waitForSleepers(1, within: .seconds(4))
        try await bench.makeReadOnly(true)
        bench.clock.advance(by: .seconds(4))
        let screen = await bench.screen { $0.declinedReason != nil }
        #expect(
            screen == .declined(seq: payment.seq, reason: .storageFailed, isReturning: true))
        #expect(try await bench.ledger.payment(payment.seq)?.state == .pending)
        await tryFailed(bench)
        return payment
    }

    /// Returns once a try has failed and the next one is waited for.
    private func tryFailed(_ bench: AgentBench) async {
        await bench.clock.waitForSleepers(1, within: TerminalAgent.writePace)
    }

    /// Lets the time until the next try pass.
    private func nextTry(_ bench: AgentBench) async {
        await tryFailed(bench)
        bench.clock.advance(by: TerminalAgent.writePace)
    }

    @Test("it is tried again until it is written, and then undone, without a restart")
    func written() async throws {
        let bench = try AgentBench()
        try await bench.running {
            let payment = try await declined(bench)
            for _ in 0..<3 { await nextTry(bench) }
            await tryFailed(bench)
            #expect(try await bench.ledger.payment(payment.seq)?.state == .pending)
            #expect(await bench.agent.storageProblem != nil)
            try await bench.makeReadOnly(false)
            await nextTry(bench)
            let reversing = try await bench.wait(for: payment.seq, in: .reversing)
            #expect(reversing.reason == .storageFailed)
            await bench.platform.release(.deliver)
            _ = try await bench.wait(for: payment.seq, in: .reversed)
            #expect(await bench.platform.charged(payment.seq) == .zero)
            #expect(await bench.agent.storageProblem == nil)
        }
        #expect(await bench.platform.story == ["deliver", "reverse"])
    }

    @Test("an answer that comes before that never approves it")
    func lateYes() async throws {
        let bench = try AgentBench()
        try await bench.running {
            let payment = try await declined(bench)
            try await bench.makeReadOnly(false)
            await bench.platform.release(.deliver)
            _ = try await bench.wait(for: payment.seq, in: .reversed)
            let history = try await bench.ledger.history(payment.seq)
            #expect(history.map(\.to) == [.awaitingCard, .pending, .reversing, .reversed])
            #expect(history.map(\.reason)[2] == .storageFailed)
            #expect(await bench.platform.charged(payment.seq) == .zero)
        }
        #expect(await bench.platform.orders.values.map(\.refunds) == [1])
    }

    /// What the platform says late, and where that leaves the payment.
    static let answers: [(answer: PlatformAnswer, ends: PaymentState, calls: [String])] = [
        (.refused(.balanceTooLow), .refused, ["deliver"]),
        (.cardLost, .refused, ["deliver"]),
        (.notSent(.network), .refused, ["deliver"]),
        (.collision, .refused, ["deliver"]),
        (.conflict(), .refused, ["deliver"]),
        (.dead, .refused, ["deliver"]),
        (.unknown, .reversing, ["deliver", "ask"]),
        (.processing, .reversing, ["deliver", "ask"]),
        (.later(after: nil), .reversing, ["deliver", "ask"]),
    ]

    @Test("no answer leaves it open or sends it again", arguments: answers)
    func lateAnswer(
        _ row: (answer: PlatformAnswer, ends: PaymentState, calls: [String])
    ) async throws {
        let bench = try AgentBench()
        await bench.platform.script(.deliver, .answer(row.answer))
        try await bench.running {
            let payment = try await declined(bench)
            try await bench.makeReadOnly(false)
            await bench.platform.release(.deliver)
            let end = try await bench.wait(for: payment.seq, in: row.ends)
            #expect(end.reason == .storageFailed)
            if row.ends == .reversing { await bench.platform.waitForCalls(1, of: .ask) }
        }
        #expect(await bench.platform.story == row.calls)
        #expect(await bench.platform.orders.isEmpty)
    }

    @Test("a POST whose end could not be written either counts as sent until then")
    func endUnwritten() async throws {
        let bench = try AgentBench()
        try await bench.running {
            let payment = try await declined(bench)
            await bench.platform.script(.reverse, .answer(.absent))
            await bench.platform.release(.deliver)
            while await bench.engine.status.inHand > 0 { await Task.yield() }
            try await bench.makeReadOnly(false)
            await nextTry(bench)
            await bench.platform.waitForCalls(1, of: .reverse)
            let row = try #require(try await bench.ledger.payment(payment.seq))
            #expect((row.state, row.inFlight) == (.reversing, false))
            #expect(row.sentAt == bench.clock.now())
        }
        #expect(try await bench.payments().map(\.state) == [.reversing])
    }

    @Test("a tap that could not be written closes its payment when the ledger takes it")
    func tap() async throws {
        let bench = try AgentBench()
        try await bench.running {
            let payment = try await bench.request()
            try await bench.makeReadOnly(true)
            await bench.agent.simulateTap(Sample.card())
            #expect(await bench.agent.screen.declinedReason == .storageFailed)
            await nextTry(bench)
            await tryFailed(bench)
            try await bench.makeReadOnly(false)
            await nextTry(bench)
            let closed = try await bench.wait(for: payment.seq, in: .cancelled)
            #expect(closed.reason == .storageFailed)
        }
    }

    @Test("a cancellation that could not be written is written when the ledger takes it")
    func cancellation() async throws {
        let bench = try AgentBench()
        try await bench.running {
            let payment = try await bench.request()
            try await bench.makeReadOnly(true)
            await #expect(throws: LedgerError.self) {
                try await bench.agent.cancel(payment.seq, by: "pos")
            }
            await nextTry(bench)
            await tryFailed(bench)
            try await bench.makeReadOnly(false)
            await nextTry(bench)
            let closed = try await bench.wait(for: payment.seq, in: .cancelled)
            #expect(closed.reason == .cancelled)
        }
    }
}
