import ArgumentParser
import Foundation
import Simulation

/// Runs scenarios of the simulator: one seed with its trace, or many of them.
@main
struct KioskSimulator: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kiosk-simulator",
        abstract: "Runs the real terminal under simulated faults, from seeds.",
        discussion: """
            Exits with 1 when a rule did not hold; each failing seed and its whole trace are \
            printed. See docs/reliability.md for the rules.
            """)

    /// How often a line of progress is printed, in scenarios.
    private static let pace: UInt64 = 5_000

    @Option(help: "Run this seed alone and print its trace.")
    var seed: UInt64?

    @Option(
        help: "Do one thing wrong on purpose: \(Sabotage.allCases.map(\.rawValue)).",
        transform: { name in
            guard let sabotage = Sabotage(rawValue: name) else {
                throw ValidationError("there is no such sabotage")
            }
            return sabotage
        })
    var sabotage: Sabotage?

    @Option(help: "The first seed.")
    var from: UInt64 = 1

    @Option(help: "How many seeds to run.")
    var count: UInt64 = 100_000

    @Option(help: "Begin no more scenarios after so many minutes.")
    var minutes: Double = 60

    @Option(help: "How many scenarios to run at once; otherwise one for each processor.")
    var threads: Int?

    @Option(help: "End after so many failing seeds.")
    var failures = 3

    func validate() throws {
        guard count > 0, minutes > 0, threads ?? 1 > 0, failures > 0 else {
            throw ValidationError("--count, --minutes, --threads and --failures are at least 1")
        }
    }

    func run() throws {
        if let seed { try runOne(seed) } else { try runMany() }
    }

    private func runOne(_ seed: UInt64) throws {
        let outcome = try Simulation.run(seed: seed, sabotage: sabotage)
        print(outcome.report)
        print("digest \(String(outcome.digest, radix: 16)), \(outcome.steps) steps")
        if !outcome.violations.isEmpty { throw ExitCode.failure }
    }

    private func runMany() throws {
        let start = ContinuousClock.now
        let soak = Soak(
            seeds: from...(from + count - 1), failuresMax: failures,
            end: start + .seconds(minutes * 60)
        ) { done in
            if done.isMultiple(of: Self.pace) { print("\(done) \(Self.rate(done, start))") }
        }
        let result = soak.run(
            threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
        for outcome in result.failed { print(outcome.report) }
        for (name, count) in result.tally.sorted(by: { $0.key < $1.key }) {
            print("  \(name): \(count)")
        }
        print("\(result.done) \(Self.rate(result.done, start))", terminator: ", ")
        print("digest \(String(result.digest, radix: 16))")
        print(verdict(result))
        if !result.isClean { throw ExitCode.failure }
    }

    private func verdict(_ result: Soak.Result) -> String {
        if let trouble = result.trouble { return trouble }
        let seeds = result.failed.map { String($0.seed) }.joined(separator: ", ")
        return seeds.isEmpty ? "all rules hold" : "failing seeds: \(seeds)"
    }

    private static func rate(_ done: UInt64, _ start: ContinuousClock.Instant) -> String {
        let seconds = max(0.001, (ContinuousClock.now - start) / .seconds(1))
        return "scenarios, \(Int(Double(done) / seconds)) a second"
    }
}
