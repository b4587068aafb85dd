import Dispatch
import Synchronization
import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("What several decide together", .timeLimit(.minutes(1)))
struct TogetherTests {
    private let bench: LedgerBench
    private var ledger: Ledger { bench.ledger }

    init() throws { bench = try LedgerBench() }

    @Test("each gets its own payment as it stands, with its line of history")
    func each() async throws {
        let seqs = try await ledger.accepted(8)
        try await ledger.atOnce(seqs) { [ledger] seq in
            let payment = try await ledger.settleTogether(seq)
            #expect((payment.seq, payment.state) == (seq, .settled))
        }
        for seq in seqs {
            let lines = try await ledger.history(seq)
            #expect(lines.map(\.to) == [.accepted, .settled])
        }
        #expect(try await ledger.totalExposure() == .zero)
        let verification = try await ledger.verify()
        #expect(verification.isSound)
    }

    @Test("a payment that nobody knows keeps no other one from its outcome")
    func stranger() async throws {
        let seqs = try await ledger.accepted(3)
        try await ledger.atOnce(seqs + ["nobody"]) { [ledger] seq in
            let settled = try? await ledger.settleTogether(seq)
            #expect((settled == nil) == (seq == "nobody"))
        }
        for seq in seqs {
            let state = try await ledger.payment(seq)?.state
            #expect(state == .settled)
        }
    }

    @Test("a payment whose payer still waits is decided on its own")
    func pending() async throws {
        let seqs = try await ledger.accepted(2)
        let waiting = try await ledger.recordTap(
            Sample.draft(), card: Sample.card(9), rules: Sample.tapRules(), now: Sample.start)
        try await ledger.atOnce(seqs + [waiting.seq]) { [ledger] seq in
            _ = try await ledger.settleTogether(seq)
        }
        #expect(try await ledger.payment(waiting.seq)?.state == .settled)
        #expect(try await ledger.payment(seqs[0])?.state == .settled)
    }

    @Test("no send is marked once the payment is decided otherwise")
    func mark() async throws {
        let seqs = try await ledger.accepted(1)
        let marked = try await ledger.markSendTogether(seqs[0], now: Sample.start)
        #expect(marked?.inFlight == true)
        _ = try await ledger.settleTogether(seqs[0])
        #expect(try await ledger.markSendTogether(seqs[0], now: Sample.start) == nil)
    }

    @Test("what comes within the delay shares the commit of who came first")
    func delay() async throws {
        let slow = try DelayedLedger()
        let seqs = try await slow.ledger.accepted(3)
        let before = slow.ledger.tally.commits
        try await withThrowingTaskGroup(of: Void.self) { group in
            for seq in seqs {
                group.addTask { _ = try await slow.ledger.settleTogether(seq) }
            }
            await slow.wait(for: 3)
            #expect(slow.ledger.tally.commits == before)
            slow.clock.advance(by: DelayedLedger.delay)
            try await group.waitForAll()
        }
        #expect(slow.ledger.tally.commits == before + 1)
        #expect(try await slow.ledger.totalExposure() == .zero)
    }

    @Test("who came first goes on first")
    func order() async throws {
        let slow = try DelayedLedger()
        let seqs = try await slow.ledger.accepted(4)
        let ended = try await slow.order(of: seqs)
        #expect(ended == seqs)
    }

    @Test("who is cancelled within the delay writes at once, for the others too")
    func cancelled() async throws {
        let slow = try DelayedLedger()
        let seqs = try await slow.ledger.accepted(2)
        let first = Task { try await slow.ledger.settleTogether(seqs[0]) }
        await slow.wait(for: 1)
        let second = Task { try await slow.ledger.settleTogether(seqs[1]) }
        await slow.wait(for: 2)
        first.cancel()
        #expect(try await second.value.state == .settled)
        #expect(try await first.value.state == .settled)
    }
}

/// A ledger whose shared transactions wait for those that may share them.
private struct DelayedLedger {
    static let delay = Duration.milliseconds(1)

    let clock = ManualClock()
    let ledger: Ledger
    private let files: TemporaryLedger

    init() throws {
        files = try TemporaryLedger()
        var settings = Sample.settings(files.path)
        settings.clock = clock
        settings.commitDelay = Self.delay
        ledger = try Ledger(settings)
    }

    /// Settles them on one executor, each begun after the one before has posted; the order in which
    /// they were told.
    @MainActor func order(of seqs: [String]) async throws -> [String] {
        var (told, tasks): ([String], [Task<Void, any Error>]) = ([], [])
        for (index, seq) in seqs.enumerated() {
            tasks.append(
                Task {
                    told.append(try await settled(seq))
                })
            await wait(for: index + 1)
        }
        clock.advance(by: Self.delay)
        for task in tasks { try await task.value }
        return told
    }

    @MainActor private func settled(_ seq: String) async throws -> String {
        try await ledger.settleTogether(seq).seq
    }

    /// Returns once so many have posted, and the first of them waits.
    func wait(for count: Int) async {
        await clock.waitForSleepers(1)
        while ledger.letters.withLock({ $0.waiting.count }) < count { await Task.yield() }
    }
}

extension Ledger {
    /// The order numbers of so many payments that were approved offline, each of another card.
    func accepted(_ count: Int) throws -> [String] {
        try (1...count).map { card in
            try recordTap(
                Sample.draft(), card: Sample.card(card), rules: Sample.tapRules(up: false),
                now: Sample.start
            ).seq
        }
    }

    nonisolated func settleTogether(_ seq: String) async throws -> Payment {
        try await updateTogether(seq, now: Sample.start + .seconds(1)) { _ in
            PaymentUpdate(.settled, reason: .some(nil))
        }
    }

    /// Runs `work` for each of them while the ledger's thread is held, so that all that they post
    /// is decided in one go.
    nonisolated func atOnce(
        _ seqs: [String], _ work: @escaping @Sendable (String) async throws -> Void
    ) async throws {
        let (began, tell) = AsyncStream<Void>.makeStream()
        let gate = DispatchSemaphore(value: 0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                _ = try await self.update(seqs[0], now: Sample.start) { _ in
                    tell.yield()
                    gate.wait()
                    return nil
                }
            }
            for await _ in began { break }
            for seq in seqs { group.addTask { try await work(seq) } }
            while letters.withLock({ $0.waiting.count }) < seqs.count { await Task.yield() }
            gate.signal()
            try await group.waitForAll()
        }
    }
}
