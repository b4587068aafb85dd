internal import ArgumentParser

/// The benchmarks: ratios against a yardstick of the same run, held against committed thresholds.
@main
struct KioskBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kiosk-bench",
        abstract: "Measures the agent against plain C and against its promises.",
        discussion: """
            Figures are medians of interleaved rounds, the spread is their middle half. Only \
            ratios say something: between minutes the same machine moves by up to 2 times. To be \
            built in release.
            """)

    /// What can be measured.
    enum Part: String, CaseIterable, ExpressibleByArgument {
        case all, card, tap, ledger, start, growth, backlog, lost, drain, size, scale, peak

        /// The parts that this one stands for; a soak is asked for by its name.
        var parts: [Part] {
            self == .all ? Part.allCases.filter { ![.all, .peak].contains($0) } : [self]
        }
    }

    @Argument(help: "What to measure.")
    var part = Part.all

    @Flag(help: "A tenth of everything, for a look; its figures are none to publish.")
    var quick = false

    @Option(help: "The agent to start; otherwise the kiosk-agent beside this program.")
    var agent: String?

    @Option(help: "peak: the sandbox to start; otherwise the kiosk-sandbox beside this program.")
    var sandbox: String?

    @Option(help: "peak: how long payers come, in minutes.")
    var minutes = 120

    @Option(help: "peak: decides who comes, and the faults.")
    var seed: UInt64 = 1

    func validate() throws {
        let allowed = PeakBench.minutesMin...PeakBench.minutesMax
        guard allowed.contains(minutes) else {
            throw ValidationError(
                "--minutes must be \(allowed.lowerBound) to \(allowed.upperBound)")
        }
    }

    func run() async throws {
        #if DEBUG
            note("a debug build: the figures mean nothing, build in release")
        #endif
        var (lines, failures): ([Line], Int) = ([], 0)
        let large = LargeLedger(effort)
        for part in part.parts {
            let start = ContinuousClock.now
            do {
                lines += try await measure(part, large)
            } catch {
                failures += 1
                note("\(part.rawValue) failed: \(error)")
            }
            note("\(part.rawValue): \(((ContinuousClock.now - start) / .seconds(1)).text(0)) s")
        }
        print(Line.head)
        for line in lines { print(line) }
        if failures > 0 || !lines.allSatisfy(\.isMet) { throw ExitCode.failure }
    }

    private var effort: Effort { quick ? .quick : .full }

    private func measure(_ part: Part, _ large: LargeLedger) async throws -> [Line] {
        switch part {
        case .all: []
        case .card: try await CardBench.run(effort)
        case .tap: try await TapBench.run(effort)
        case .ledger: try await LedgerBench.run(effort) + OutcomeBench.run(effort)
        case .start: try StartBench.run(effort, agent: agent, large)
        case .growth: try await GrowthBench.run(effort, large)
        case .backlog: try await BacklogBench.run(effort, agent: agent)
        case .lost: try await LostBench.run(effort, agent: agent)
        case .drain: try await DrainBench.run(effort, agent: agent)
        case .size: try await SizeBench.run(agent: agent)
        case .scale: try await ScaleBench.run(effort, agent: agent, large)
        case .peak: try await PeakBench.run(try peakOrder)
        }
    }

    private var peakOrder: PeakOrder {
        get throws {
            PeakOrder(
                minutes: minutes, seed: seed, agent: try RunningAgent.program(agent),
                sandbox: try RunningAgent.program(sandbox, "kiosk-sandbox"))
        }
    }
}
