internal import AsyncHTTPClient
internal import Ledger
internal import OAuth
internal import Settings
internal import SovellPay
internal import SyncEngine
internal import TerminalCore

/// Delivers and undoes what a working ledger owes, with the real engine, as another terminal.
struct ReplayRun {
    /// With the platform's host and the credentials of the stopped terminal.
    let agent: Agent
    let ledger: Ledger
    /// Carried out before anything is delivered.
    var decisions: [ReplayDecision] = []
    /// Who decides, and why.
    var operatorsWord = OperatorsWord(by: "operator")

    /// Why it ended.
    enum End: Hashable {
        /// Nothing is owed any more.
        case done
        /// Refusals of different cards in a row.
        case stopped
        case unreachable
        case credentials
        /// The platform answers, but nothing moves.
        case stuck
    }

    /// The breaker is open for so long.
    private static let unreachableMax = Duration.seconds(5)
    /// Nothing has moved for so long, beyond the longest wait of the rules.
    private static let stuckMax = Duration.seconds(30)
    private static let lookEvery = Duration.milliseconds(200)

    /// Hears how many payments are still owed, whenever something has moved.
    typealias Tell = @Sendable (_ owed: Int) async -> Void

    func run(tell: @escaping Tell = { _ in }) async throws -> End {
        _ = try await ledger.recover(now: agent.clock.now())
        let client = try HTTPClient.forPlatform(agent.settings)
        let end = await Result { try await work(client, tell) }
        try await client.shutdown()
        return try end.get()
    }

    private func work(_ client: HTTPClient, _ tell: @escaping Tell) async throws -> End {
        let engine = SyncEngine(
            ledger: ledger, platform: agent.platform(HTTPWire(client: client)),
            identity: agent.identity, rules: DeliveryRules(agent.settings), clock: agent.clock,
            random: { Double.random(in: $0) })
        return try await withThrowingTaskGroup(of: Void.self) { group in
            // Who repeats a replay that stopped has looked at the key: the rest may be refused.
            group.addTask { await engine.run(onOperatorsWord: true) }
            let end = await Result {
                let failure = await self.carryOutDecisions(engine)
                let end = try await self.watch(engine, tell)
                if let failure { throw failure }
                return end
            }
            await engine.stop()
            try await group.waitForAll()
            return try end.get()
        }
    }

    /// All of them, whatever one comes to; the first that failed is told when the rest is done.
    private func carryOutDecisions(_ engine: SyncEngine) async -> (any Error)? {
        var failure: (any Error)?
        for decision in decisions {
            do {
                try await decision.carryOut(engine, operatorsWord)
            } catch {
                failure = failure ?? error
            }
        }
        return failure
    }

    /// Returns when nothing more can be done.
    private func watch(_ engine: SyncEngine, _ tell: Tell) async throws -> End {
        var movedAt = agent.clock.uptime()
        var last = Progress()
        while true {
            let progress = try await Progress(ledger)
            let now = agent.clock.uptime()
            if progress != last {
                (last, movedAt) = (progress, now)
                await tell(progress.owed)
            }
            if progress.owed == 0 { return .done }
            if let end = Self.end(await engine.status, still: now - movedAt, agent.settings.sync) {
                return end
            }
            try await agent.clock.sleep(for: Self.lookEvery)
        }
    }

    private static func end(_ status: SyncStatus, still: Duration, _ rules: Settings.Sync) -> End? {
        if status.inHand > 0 { return nil }
        if status.credentialsRefused { return .credentials }
        if status.drainStopped { return .stopped }
        if status.platform == .offline, status.since > unreachableMax { return .unreachable }
        return still > max(rules.lateArrival, rules.retryMax) + stuckMax ? .stuck : nil
    }

    /// What is seen to move.
    private struct Progress: Hashable {
        var totals: [PaymentState: StateTotal] = [:]

        init() {}

        init(_ ledger: Ledger) async throws { totals = try await ledger.totals() }

        var owed: Int {
            [PaymentState.accepted, .reversing].compactMap { totals[$0]?.count }.reduce(0, +)
        }
    }
}

extension Result where Failure == any Error {
    /// As `Result(catching:)`, for work that waits.
    fileprivate init(_ work: () async throws -> Success) async {
        do { self = .success(try await work()) } catch { self = .failure(error) }
    }
}
