import Instruments
import TerminalCore
import TerminalTesting
import Testing

@testable import SyncEngine

@Suite("The engine's figures", .timeLimit(.minutes(1)))
struct FiguresTests {
    @Test("deliveries are timed, and calls are counted by what they brought")
    func figures() async throws {
        let bench = try EngineBench()
        await bench.platform.script(.deliver, .answerLost)
        let first = try await bench.pending(1)
        await bench.engine.pay(first)
        await bench.platform.hold(.deliver)
        let second = try await bench.pending(2)
        async let paying: Void = bench.engine.pay(second)
        await bench.platform.waitForCalls(2, of: .deliver)
        bench.clock.advance(by: .seconds(2))
        await bench.platform.release(.deliver)
        await paying
        let figures = await bench.engine.figures
        #expect(figures.deliveries.count == 2 && figures.deliveries.sum == .seconds(2))
        // Delivered without an answer, asked, delivered.
        #expect(figures.calls == [.silent: 1, .answered: 2])
    }
}
