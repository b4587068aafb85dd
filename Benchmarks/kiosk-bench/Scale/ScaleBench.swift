internal import Ledger

/// How the agent's cost grows with what it has.
///
/// Each figure at 1, 10 and 100 times of the waiting payments, of the settled ones and of the lost
/// cards; with 2 to 8 readers; with 1 to 100 listeners.
enum ScaleBench {
    private static let times = [1, 10, 100]
    private static let exchangeRounds = 5
    private static let taps = 100

    static func run(
        _ effort: Effort, agent: String?, _ large: LargeLedger
    ) async throws -> [Line] {
        let program = try RunningAgent.program(agent)
        let scratch = try Scratch()
        return try await queue(effort, program, scratch)
            + history(program, scratch, large)
            + lost(effort, program, scratch)
            + [readers(), listeners(scratch)]
    }

    private static func queue(
        _ effort: Effort, _ program: String, _ scratch: Scratch
    ) async throws -> [Line] {
        var probes: [Probe] = []
        let sizes = times.map { effort.count(1_000) * $0 }
        for size in sizes {
            let path = scratch.path("queue-\(size).sqlite")
            _ = try Ledger.forBench(path)
            // A dead platform: all of them go on waiting.
            let port = try FreePort.find()
            try PlainLedger(path: path).fill(size, host: "127.0.0.1:\(port)", settles: false)
            probes.append(try await Probe(path, program, platformPort: port))
        }
        return Probe.lines(probes, "by queue", sizes)
    }

    private static func history(
        _ program: String, _ scratch: Scratch, _ large: LargeLedger
    ) async throws -> [Line] {
        var probes: [Probe] = []
        let sizes = times.map { large.rows / 100 * $0 }
        for size in sizes {
            let path = try size == large.rows ? large.path() : scratch.path("old-\(size).sqlite")
            if size < large.rows {
                _ = try Ledger.forBench(path)
                try PlainLedger(path: path).fill(size, settles: true)
            }
            probes.append(try await Probe(path, program))
        }
        return Probe.lines(probes, "by history", sizes)
    }

    private static func lost(
        _ effort: Effort, _ program: String, _ scratch: Scratch
    ) async throws -> [Line] {
        var probes: [Probe] = []
        let sizes = times.map { effort.count(10_000) * $0 }
        for size in sizes {
            let path = scratch.path("lost-\(size).sqlite")
            _ = try await LostBench.fill(try Ledger.forBench(path), size)
            // Behind the lost ones, so that none of them is tapped.
            probes.append(try await Probe(path, program, fromCard: size))
        }
        return Probe.lines(probes, "by lost cards", sizes)
    }

    /// One exchange on the first of so many readers.
    private static func readers() async throws -> Line {
        var values: [Double] = []
        let sizes = [2, 4, 8]
        for size in sizes {
            let pairs = try await CardOnReader.use(readers: size) { card in
                try (0..<exchangeRounds).map { try CardBench.exchange($0, card) }
            }
            values.append(pairs.map(\.ours).median)
        }
        return Line("scale: a read by readers", growth: values, at: sizes, unit: " µs")
    }

    /// A tap offline while so many listen to the agent and to the ledger.
    private static func listeners(_ scratch: Scratch) async throws -> Line {
        var values: [Double] = []
        for count in times {
            let ledger = try Ledger.forBench(scratch.path("listeners-\(count).sqlite"))
            let median = try await TapSite.open(ledger, DeadPlatform()) { site in
                try await site.openBreaker()
                return try await tap(site, ledger, heardBy: count)
            }
            values.append(median)
        }
        return Line("scale: a tap by listeners", growth: values, at: times, unit: " µs")
    }

    private static func tap(
        _ site: TapSite, _ ledger: Ledger, heardBy count: Int
    ) async throws -> Double {
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            for _ in 0..<count {
                let (events, changes) = (site.events(), ledger.changes())
                group.addTask { for await _ in events {} }
                group.addTask { for await _ in changes {} }
            }
            var times: [Double] = []
            for tap in Tap.some(taps) { times.append(try await site.tap(tap.card).whole) }
            return times.median
        }
    }
}
