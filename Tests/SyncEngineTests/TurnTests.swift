import TerminalTesting
import Testing

@testable import SyncEngine

@Suite("The loop that a watchdog looks at")
struct TurnTests {
    @Test("it comes round each time it is woken, also with nothing owed")
    func woken() async throws {
        let bench = try EngineBench()
        #expect(await bench.engine.turns == 0)
        try await bench.running {
            for _ in 0..<3 {
                let seen = await bench.engine.turns
                await bench.engine.wake()
                while await bench.engine.turns == seen { await Task.yield() }
            }
        }
    }
}
