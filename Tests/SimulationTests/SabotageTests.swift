import Testing

@testable import Simulation

@Suite("The rules of the simulator can fail")
struct SabotageTests {
    /// Seeds in which each fault must show.
    private static let seedsMax: UInt64 = 300

    @Test("what is done wrong on purpose is found", arguments: Sabotage.allCases)
    func sabotage(_ sabotage: Sabotage) throws {
        for seed in 1...Self.seedsMax {
            let outcome = try Simulation.run(seed: seed, sabotage: sabotage)
            guard outcome.violations.contains(where: { $0.rule == sabotage.rule }) else { continue }
            #expect(outcome.report.contains("seed \(seed)"))
            #expect(outcome.report.contains(sabotage.rule.rawValue))
            return
        }
        Issue.record("\(sabotage.rawValue) was not found in \(Self.seedsMax) seeds")
    }

    @Test("a hole in the history is found, wherever it is")
    func holes() throws {
        let world = try World(seed: 1, sabotage: nil)
        defer { world.end() }
        try world.run()
        let whole = try Evidence(world)
        #expect(whole.violations.isEmpty)
        for index in whole.history.indices {
            var evidence = whole
            evidence.history.remove(at: index)
            #expect(evidence.violations.contains { $0.rule == .historyIsWhole })
        }
    }

    @Test("money that nobody knows of is found")
    func totals() throws {
        let world = try World(seed: 1, sabotage: nil)
        defer { world.end() }
        try world.run()
        var evidence = try Evidence(world)
        evidence.movements.append(Movement(order: "K0010000000000001", amount: 1))
        #expect(evidence.violations.map(\.rule) == [.totalsAgree])
    }
}
