import Dispatch
import Foundation
import Simulation
import Testing

@Suite("The simulator", .serialized)
struct SimulationTests {
    @Test("the same seed gives the same course, step by step")
    func determinism() throws {
        for seed in UInt64(1)...20 {
            let (first, second) = (try Simulation.run(seed: seed), try Simulation.run(seed: seed))
            #expect(first.trace == second.trace)
            #expect(first.digest == second.digest)
            #expect(first.steps == second.steps)
        }
    }

    @Test("another seed gives another course")
    func variety() throws {
        let digests = try (UInt64(1)...20).map { try Simulation.run(seed: $0).digest }
        #expect(Set(digests).count == 20)
    }

    @Test("every rule holds in 2,000 scenarios, and they have everything in them")
    func scenarios() async {
        let result = await Self.run(1...2_000)
        #expect(result.trouble == nil)
        for outcome in result.failed { Issue.record("\(outcome.report)") }
        #expect(result.done == 2_000)
        for name in Self.expected { #expect(result.tally[name, default: 0] > 20, "\(name)") }
    }

    /// What a run that shows something must have met.
    private static let expected = [
        "refused", "resetBefore", "resetAfter", "hang", "late", "serverError", "serverErrorAfter",
        "tooMany", "nonsense", "unauthorised", "truncated", "repeated", "slow", "portal",
        "wrong key", "late arrival", "crash", "clock jump", "POST", "state settled",
        "state refused", "state reversed", "state held", "state rejected", "state cancelled",
        "code typed", "code scanned", "by code settled", "by code refused", "by code reversed",
        "ledger sealed", "cards sealed later",
    ]

    /// On threads of its own: a world holds its thread while it runs.
    private static func run(_ seeds: ClosedRange<UInt64>) async -> Soak.Result {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                let soak = Soak(seeds: seeds, failuresMax: 3, end: .now + .seconds(600))
                continuation.resume(
                    returning: soak.run(threads: ProcessInfo.processInfo.activeProcessorCount))
            }
        }
    }
}
