internal import CardReader
internal import Ledger
internal import SyncEngine
internal import TerminalAgent
internal import TerminalCore

/// An agent in this process: whoever has it puts cards in, and sees what a payer would see.
///
/// It is in fixed mode, whose way is the longer one: an untold payment is looked for first.
struct TapSite {
    /// What one tap took, in microseconds.
    struct Answer {
        /// From before the card was read until the outcome is shown.
        var whole: Double
        /// From when it was read.
        var afterReading: Double
        var isOffline: Bool
    }

    private static let reader = "bench"
    /// How often the way to an open breaker is looked at, each after a few milliseconds.
    private static let waitsMax = 1_000

    let engine: SyncEngine
    private let agent: TerminalAgent
    private let input: AsyncStream<CardEvent>.Continuation

    /// Runs an agent over `ledger` and `platform` while `work` is under way.
    static func open<Found: Sendable>(
        _ ledger: Ledger, _ platform: any Platform,
        _ work: (TapSite) async throws -> Found
    ) async throws -> Found {
        let clock = SystemTerminalClock()
        let engine = SyncEngine(
            ledger: ledger, platform: platform, identity: .forBench, rules: DeliveryRules(),
            clock: clock, random: { Double.random(in: $0) })
        let agent = TerminalAgent(
            ledger: ledger, engine: engine, rules: rules, clock: clock, takesSimulatedTaps: true)
        let (events, input) = AsyncStream<CardEvent>.makeStream()
        let site = TapSite(engine: engine, agent: agent, input: input)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await engine.run() }
            group.addTask { await agent.run(events) }
            let result = await Result.catching { try await work(site) }
            input.finish()
            await agent.stop()
            await engine.stop()
            try await group.waitForAll()
            return try result.get()
        }
    }

    private static var rules: AgentRules {
        let schedule = Schedule(periods: [], amount: Money(fen: 1_500), title: "Lunch")
        return AgentRules(
            mode: .fixed, title: "Lunch", schedule: schedule,
            policy: OfflinePolicy(totalLimit: Money(fen: 1_000_000_000)))
    }

    /// Taps `card` as soon as `read` has read one, and waits until the page would show the outcome.
    func tap(_ card: CardNumber, reading read: () throws -> Void = {}) async throws -> Answer {
        let events = agent.events()
        let start = ContinuousClock.now
        input.yield(.reading(reader: Self.reader))
        try read()
        let readAt = ContinuousClock.now
        input.yield(.tapped(CardTap(reader: Self.reader, number: card)))
        let isOffline = try await outcome(in: events)
        let end = ContinuousClock.now
        input.yield(.removed(reader: Self.reader))
        return Answer(
            whole: (end - start).microseconds, afterReading: (end - readAt).microseconds,
            isOffline: isOffline)
    }

    /// What a page hears.
    func events() -> AsyncStream<AgentEvent> { agent.events() }

    /// Whether it was approved without the platform.
    private func outcome(in events: AsyncStream<AgentEvent>) async throws -> Bool {
        for await event in events {
            switch event {
            case .screen(.approved(_, _, _, let isOffline)): return isOffline
            case .screen(.declined(_, let reason, _)):
                throw BenchFailure("a tap was declined: \(reason.rawValue)")
            default: continue
            }
        }
        throw BenchFailure("a tap had no outcome")
    }

    /// Taps until the engine knows that its platform is down.
    func openBreaker() async throws {
        var card = 1_000_000
        for wait in 0..<Self.waitsMax {
            guard await engine.platformIsUp else { return }
            if wait.isMultiple(of: 20) {
                card += 1
                await agent.simulateTap(.forBench(card))
            }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw BenchFailure("the engine still believes in its platform")
    }
}

extension Result where Failure == any Error {
    fileprivate static func catching(_ work: () async throws -> Success) async -> Self {
        do { return .success(try await work()) } catch { return .failure(error) }
    }
}
