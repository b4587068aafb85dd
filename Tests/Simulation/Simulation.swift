import SyncEngine
import TerminalAgent
import TerminalCore

/// Runs scenarios: the real machines, engine, ledger and wire client under a simulated platform,
/// network, clock and crashes, each from one seed.
public enum Simulation {
    /// Runs the scenario of `seed` on the calling thread. The same seed gives the same outcome.
    ///
    /// Throws when the machine itself fails, for example without a place for the ledger.
    public static func run(seed: UInt64, sabotage: Sabotage? = nil) throws -> Outcome {
        let world = try World(seed: seed, sabotage: sabotage)
        defer { world.end() }
        try world.run()
        let evidence = try Evidence(world)
        let violations = evidence.violations
        for violation in violations { world.note("VIOLATED: \(violation.rule.rawValue)") }
        for payment in evidence.payments {
            world.tally["state \(payment.state)", default: 0] += 1
            guard evidence.isByCode(payment) else { continue }
            world.tally["by code \(payment.state)", default: 0] += 1
        }
        world.tally["payment"] = evidence.payments.count
        world.tally["clock jump"] = world.scenario.hasClockJumps ? 1 : 0
        return Outcome(
            seed: seed, violations: violations, trace: world.trace.lines,
            digest: world.trace.digest, steps: world.steps, tally: world.tally)
    }
}

/// What became of one scenario.
public struct Outcome: Sendable {
    public let seed: UInt64
    public let violations: [Violation]
    /// One event a line.
    public let trace: [String]
    /// Over the trace: equal for equal courses.
    public let digest: UInt64
    /// How many steps of tasks were run.
    public let steps: Int
    /// How often what happened: faults, states at the end, crashes.
    public let tally: [String: Int]

    /// For a person: the seed, what is wrong, all that happened, and how to see it again.
    public var report: String {
        let what = violations.map { "  \($0.rule.rawValue)\n    \($0.what)" }
        return """
            seed \(seed): \(violations.isEmpty ? "all rules hold" : "\(violations.count) violated")
            \(what.joined(separator: "\n"))
            \(trace.joined(separator: "\n"))
            to see it again: kiosk-simulator --seed \(seed)
            """
    }
}

extension Scenario {
    /// For the first line of the trace.
    var summary: String {
        """
        seed \(seed), \(rules.mode), deadline \(rules.decisionDeadline), request timeout \
        \(requestTimeout), offline \(rules.policy.enabled), lost card \(delivery.lostCard), \
        cards sealed from life \(sealedFrom.map { "\($0)" } ?? "none"), until \(end)
        """
    }
}
