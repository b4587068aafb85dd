import Ledger
import TerminalCore
import TerminalTesting
import Testing

@testable import TerminalAgent

@Suite("The disk", .timeLimit(.minutes(1)))
struct StorageTests {
    @Test("a disk that is well again is found out without a tap")
    func comesBack() async throws {
        let bench = try AgentBench(mode: .fixed)
        try await bench.running {
            try await bench.makeReadOnly(true)
            await bench.agent.simulateTap(Sample.card())
            #expect(await bench.agent.screen.declinedReason == .storageFailed)
            try await bench.makeReadOnly(false)
            await bench.clock.waitForSleepers(2, within: TerminalAgent.storageRetry)
            bench.clock.advance(by: TerminalAgent.storageRetry)
            await bench.screen(\.isPrice)
            #expect(await bench.agent.storageProblem == nil)
        }
    }

    @Test("trouble that no tap met is shown all the same")
    func metByOthers() async throws {
        let bench = try AgentBench(mode: .fixed)
        try await bench.running {
            await bench.screen(\.isPrice)
            try await bench.makeReadOnly(true)
            try? await bench.ledger.addLostCard(Sample.card(), now: Sample.start)
            await bench.screen(\.isOutOfService)
            #expect(await bench.agent.storageProblem?.contains("only read") == true)
            try await bench.makeReadOnly(false)
        }
    }
}

extension Screen {
    fileprivate var isPrice: Bool { if case .price = self { true } else { false } }

    fileprivate var isOutOfService: Bool { if case .outOfService = self { true } else { false } }
}
