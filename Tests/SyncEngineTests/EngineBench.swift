import Dispatch
import Ledger
import TerminalCore
import TerminalTesting
import Testing

@testable import SyncEngine

/// The engine over a real ledger, a clock that a test moves, and the reference model.
final class EngineBench: Sendable {
    let files: TemporaryLedger
    let ledger: Ledger
    let clock = ManualClock()
    let platform: ScriptedPlatform
    let engine: SyncEngine
    private let thread = OneThread()

    init(
        rules: DeliveryRules = Sample.rules, identity: PlatformIdentity = Sample.platform,
        files: TemporaryLedger? = nil
    ) throws {
        self.files = try files ?? TemporaryLedger()
        ledger = try self.files.open(clock: clock)
        platform = ScriptedPlatform()
        engine = SyncEngine(
            ledger: ledger, platform: platform, identity: identity, rules: rules, clock: clock,
            random: SeededGenerator.draws(seed: 7))
    }

    /// A new engine over the same ledger and platform, as after a restart.
    private init(after bench: EngineBench) {
        (files, ledger, platform) = (bench.files, bench.ledger, bench.platform)
        engine = SyncEngine(
            ledger: ledger, platform: platform, identity: Sample.platform, rules: Sample.rules,
            clock: clock, random: SeededGenerator.draws(seed: 7))
    }

    func restarted() -> EngineBench { EngineBench(after: self) }

    /// A tap while the platform is thought to be up.
    func pending(_ card: Int = 1, policy: OfflinePolicy = OfflinePolicy()) async throws -> Payment {
        try await ledger.recordTap(
            Sample.draft(), card: Sample.card(card), rules: Sample.tapRules(policy: policy),
            now: clock.now())
    }

    /// A tap that was approved offline.
    func accepted(_ card: Int = 1) async throws -> Payment {
        try await ledger.recordTap(
            Sample.draft(), card: Sample.card(card), rules: Sample.tapRules(up: false),
            now: clock.now())
    }

    /// Runs the engine during `body`, then stops it and checks that nothing forbidden was done.
    func running(
        onOperatorsWord isOperators: Bool = false, _ body: () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask(executorPreference: thread) {
                await self.engine.run(onOperatorsWord: isOperators)
            }
            try await body()
            for kind in [ScriptedPlatform.Kind.exchange, .deliver, .probe] {
                await platform.release(kind)
            }
            await engine.stop()
            try await group.waitForAll()
        }
        #expect(await platform.violations == [])
    }

    /// The payment once it is in `state`.
    ///
    /// Time flows while somebody sleeps.
    @discardableResult
    func wait(for seq: String, in state: PaymentState) async throws -> Payment {
        let changes = ledger.changes()
        if let now = try await ledger.payment(seq), now.state == state { return now }
        return try await flowing {
            for await change in changes where change.payment.seq == seq {
                if change.payment.state == state { return change.payment }
            }
            throw LedgerError.notFound
        }
    }

    /// Lets time flow, from one sleeper's moment to the next, until `body` has ended.
    func flowing<T: Sendable>(_ body: @escaping @Sendable () async throws -> T) async throws -> T {
        try await withThrowingTaskGroup(of: T?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                while !Task.isCancelled {
                    self.clock.advanceToNext()
                    await Task.yield()
                }
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let value = first else {
                throw CancellationError()
            }
            return value
        }
    }

    /// Holds the ledger's thread, which looks at `payment`, until `body` has ended.
    func whileDiskIsBusy(
        with payment: Payment, _ body: () async throws -> Void
    ) async throws {
        let (began, tell) = AsyncStream<Void>.makeStream()
        let gate = DispatchSemaphore(value: 0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                _ = try await self.ledger.update(payment.seq, now: Sample.start) { _ in
                    tell.yield()
                    gate.wait()
                    return nil
                }
            }
            for await _ in began { break }
            defer { gate.signal() }
            try await body()
        }
    }

    /// Of two payments for one place, while exchanges are held: the first is marked and waits for
    /// the place, which is the second's, whose exchange is held.
    func letOneWaitForItsPlace() async {
        await platform.waitForCalls(1, of: .exchange)
        await platform.releaseOne(.exchange)
        await platform.waitForCalls(2, of: .exchange)
        await waitForLine(of: 1)
    }

    /// Returns once so many payments wait for a place at the platform.
    func waitForLine(of count: Int) async {
        while await engine.atPlatform.waitingCount != count { await Task.yield() }
    }

    /// Returns once refusals have stopped the drain and nothing is in hand any more; throws when
    /// the test's time is over.
    func waitForDrainStop() async throws {
        while true {
            let status = await engine.status
            if status.drainStopped, status.inHand == 0 { return }
            try Task.checkCancellation()
            await Task.yield()
        }
    }

    /// Has the engine look for what it owes, and returns when it has.
    func turn() async throws {
        for _ in 0..<2 {
            let turns = await engine.turns
            await engine.wake()
            while await engine.turns == turns {
                try Task.checkCancellation()
                await Task.yield()
            }
        }
    }

    func state(_ payment: Payment) async throws -> PaymentState? {
        try await ledger.payment(payment.seq)?.state
    }
}

/// Runs the engine's work in the order in which it came, as the loop of the platform's calls does
/// in an agent: what is in hand then keeps its order.
private final class OneThread: TaskExecutor {
    private let queue = DispatchQueue(label: "engine")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedTaskExecutor()
        queue.async { job.runSynchronously(on: executor) }
    }
}
