import Instruments
import TerminalAgent
import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("How long payers wait", .timeLimit(.minutes(1)))
struct AnswerTimesTests {
    @Test("times of payers who were told yes, yes without the platform, and no stand apart")
    func answers() async throws {
        let bench = try AgentBench()
        await bench.platform.impoverish(Sample.card(2))
        try await bench.running {
            _ = try await bench.request()
            await bench.agent.simulateTap(Sample.card(1))
            await bench.screen(\.isApproved)
            _ = try await bench.request()
            await bench.agent.simulateTap(Sample.card(2))
            await bench.screen { $0.declinedReason != nil }
            await bench.platform.hold(.deliver)
            _ = try await bench.request()
            await bench.agent.simulateTap(Sample.card(3))
            await bench.platform.waitForCalls(3, of: .deliver)
            await bench.clock.waitForSleepers(1, within: .seconds(4))
            bench.clock.advance(by: .seconds(4))
            await bench.screen(\.isApproved)
        }
        let answers = await bench.agent.answers
        #expect(answers.approved.count == 1 && answers.approved.sum == .zero)
        #expect(answers.declined.count == 1 && answers.declined.sum == .zero)
        #expect(answers.approvedOffline.count == 1)
        #expect(answers.approvedOffline.sum == .seconds(4))
    }

    @Test("a request that nobody tapped for is no wait for an answer")
    func cancelled() async throws {
        let bench = try AgentBench()
        try await bench.running {
            let payment = try await bench.request()
            _ = try await bench.agent.cancel(payment.seq, by: "pos")
        }
        let answers = await bench.agent.answers
        let counts = [answers.approved, answers.approvedOffline, answers.declined].map(\.count)
        #expect(counts == [0, 0, 0])
    }
}
