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

    @Test("a code that counts without the platform, or pays two orders, is found")
    func codes() throws {
        for seed in 1...Self.seedsMax {
            let world = try World(seed: seed, sabotage: nil)
            defer { world.end() }
            try world.run()
            let whole = try Evidence(world)
            let settled = whole.payments.firstIndex { whole.isByCode($0) && $0.state == "settled" }
            guard let settled else { continue }
            #expect(whole.violations.isEmpty)
            return try breakCode(whole, whole.payments[settled], at: settled)
        }
        Issue.record("no payment by code was settled in \(Self.seedsMax) seeds")
    }

    /// Breaks each rule about `payment`, which was paid with a code.
    private func breakCode(
        _ whole: Evidence, _ payment: PaymentFact, at index: Int
    ) throws {
        let line = try #require(whole.history.lastIndex { $0.payment == payment.id })
        var (offline, approvable, accepted, twice) = (whole, whole, whole, whole)
        offline.payments[index].isOffline = true
        approvable.payments[index].decision = "approve"
        accepted.history[line].to = "accepted"
        for evidence in [offline, approvable, accepted] {
            #expect(evidence.violations.contains { $0.rule == .codeNeedsPlatform })
        }
        twice.orders["K0010000000000001"] = whole.orders[payment.order]
        #expect(twice.violations.contains { $0.rule == .codeIsPostedOnce })
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
