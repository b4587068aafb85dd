internal import CardReader
internal import Ledger
internal import SyncEngine
internal import TerminalAgent
internal import TerminalCore

/// Tap → answer while the platform is known to be down, against one durable commit.
///
/// In fixed mode, whose way is the longer one: an untold payment is looked for first. A tap and a
/// commit take turns, so that both meet the same disk. Each round has a fresh ledger.
enum OfflineBench {
    private static let rounds = Rounds(countMax: 10, time: .seconds(20))
    private static let taps = 200
    /// How often the way to an open breaker is looked at, each after a few milliseconds.
    private static let waitsMax = 1_000

    static func run() async throws -> Line {
        let scratch = try Scratch()
        let pairs = try await rounds.run { try await measure($0, scratch) }
        return Line("offline: tap to answer, p99", pairs, unit: " µs", Threshold.offlineRatio)
    }

    private static func measure(_ round: Int, _ scratch: Scratch) async throws -> Pair {
        let commits = try PlainCommits(path: scratch.path("\(round)-c.sqlite"))
        let ledger = try Ledger.forBench(scratch.path("\(round).sqlite"))
        let clock = SystemTerminalClock()
        let engine = SyncEngine(
            ledger: ledger, platform: DeadPlatform(), identity: .forBench, rules: DeliveryRules(),
            clock: clock, random: { Double.random(in: $0) })
        let agent = TerminalAgent(
            ledger: ledger, engine: engine, rules: rules, clock: clock, takesSimulatedTaps: true)
        let (events, end) = AsyncStream<CardEvent>.makeStream()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await engine.run() }
            group.addTask { await agent.run(events) }
            let result = await Result.catching {
                try await openBreaker(agent, engine)
                return try await takeTurns(agent, commits)
            }
            end.finish()
            await agent.stop()
            await engine.stop()
            try await group.waitForAll()
            return try result.get()
        }
    }

    private static var rules: AgentRules {
        let schedule = Schedule(periods: [], amount: Money(fen: 1_500), title: "Lunch")
        return AgentRules(mode: .fixed, title: "Lunch", schedule: schedule)
    }

    /// Taps until the engine knows that the platform is down.
    private static func openBreaker(_ agent: TerminalAgent, _ engine: SyncEngine) async throws {
        var card = 1_000_000
        for wait in 0..<waitsMax {
            guard await engine.platformIsUp else { return }
            if wait.isMultiple(of: 20) {
                card += 1
                await agent.simulateTap(.forBench(card))
            }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw BenchFailure("the engine still believes in its platform")
    }

    private static func takeTurns(
        _ agent: TerminalAgent, _ commits: PlainCommits
    ) async throws -> Pair {
        var (answers, durable): ([Double], [Double]) = ([], [])
        for card in 0..<taps {
            let start = ContinuousClock.now
            await agent.simulateTap(.forBench(card))
            answers.append((ContinuousClock.now - start).microseconds)
            guard case .approved(_, _, _, offline: true) = await agent.screen else {
                throw BenchFailure("a tap was not approved offline: \(await agent.screen)")
            }
            durable.append(try elapsed { try commits.commit() }.microseconds)
        }
        return Pair(ours: answers.p99, yardstick: durable.p99)
    }
}

extension Result where Failure == any Error {
    fileprivate static func catching(_ work: () async throws -> Success) async -> Self {
        do { return .success(try await work()) } catch { return .failure(error) }
    }
}
