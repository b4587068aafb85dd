internal import ArgumentParser

/// The benchmarks: ratios against a yardstick of the same run, held against committed thresholds.
@main
struct KioskBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kiosk-bench",
        abstract: "Measures the agent against plain C and against its promises.",
        discussion: """
            Figures are medians of interleaved rounds. Only ratios say something: between minutes \
            the same machine moves by up to 2 times. To be built in release.
            """)

    /// What can be measured.
    enum Part: String, CaseIterable, ExpressibleByArgument {
        case all, card, ledger, offline, start, growth, backlog, lost, peak

        /// The parts that this one stands for; a soak is asked for by its name.
        var parts: [Part] {
            self == .all ? Part.allCases.filter { ![.all, .peak].contains($0) } : [self]
        }
    }

    @Argument(help: "What to measure.")
    var part = Part.all

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
        print(Line.head)
        var isMissed = false
        for part in part.parts {
            for line in try await measure(part) {
                print(line)
                isMissed = isMissed || !line.isMet
            }
        }
        if isMissed { throw ExitCode.failure }
    }

    private func measure(_ part: Part) async throws -> [Line] {
        switch part {
        case .all: []
        case .card: [try await CardBench.run()]
        case .ledger: [try await LedgerBench.run()]
        case .offline: [try await OfflineBench.run()]
        case .start: try StartBench.run(agent: agent)
        case .growth: [try await GrowthBench.run()]
        case .backlog: try await BacklogBench.run(agent: agent)
        case .lost: try await LostBench.run()
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
