import Synchronization
import TerminalCore

/// The thread that watches all readers, and the threads that read their cards.
///
/// What happens is decided by ``StateMachine``; here its actions are done, one at a time and in
/// order, under one lock.
final class ReaderMonitor: Sendable {
    /// The longest wait for an event. pcscd tells of every change by itself; the end of the wait
    /// only shows a watchdog that the thread lives, and lists the readers anew, as one that comes
    /// between the listing and the wait is not told (pcsc-lite before 2.3).
    static let waitMax = Duration.seconds(20)
    /// How long a reader that came may take to find a card that lies on it.
    static let settleTime = Duration.seconds(2)
    /// The pause before pcscd is looked for again: nothing tells that its socket appeared.
    static let servicePause = Duration.milliseconds(500)
    /// The pause after a reader went while the wait began, so that this can never spin.
    static let listPause = Duration.milliseconds(100)
    /// The pause between two wake-up calls at the end.
    static let cancelPause = Duration.milliseconds(20)
    /// How long the end waits for calls that hang.
    static let stopMax = Duration.seconds(2)

    private struct Core: Sendable {
        var machine = StateMachine()
        var workers: [String: ReadWorker] = [:]
    }

    private struct Life {
        var isStopping = false
        var threads = 0
        var whenEnded: CheckedContinuation<Void, Never>?
    }

    private let settings: ReaderSettings
    private let pattern: ReaderPattern
    private let emit: @Sendable (CardEvent) -> Void
    private let core = Guarded(Core())
    private let life = Guarded(Life())
    private let waiting = CancellableWait()
    private let turnCount = Atomic<UInt64>(0)

    init(settings: ReaderSettings, emit: @escaping @Sendable (CardEvent) -> Void) {
        self.settings = settings
        self.emit = emit
        pattern = ReaderPattern(settings.namePattern)
    }

    var turns: UInt64 { turnCount.load(ordering: .relaxed) }

    /// Starts the thread; `whenEnded` is resumed after ``stop()``.
    func start(whenEnded: CheckedContinuation<Void, Never>) {
        life.withLock {
            precondition($0.whenEnded == nil, "a card reader runs once")
            $0.whenEnded = whenEnded
            $0.threads += 1
        }
        startCounted { self.watch() }
    }

    /// Ends all threads, without waiting for them.
    func stop() {
        life.withLock { $0.isStopping = true }
        // Two threads, as the call that wakes the wait may itself hang in a pcscd that hangs.
        BlockingThread.start { self.cancelWait() }
        BlockingThread.start { self.awaitEnd() }
    }
}

// MARK: - Watching

extension ReaderMonitor {
    private func watch() {
        while !isStopping {
            countTurn()
            let error = follow()
            guard error != nil else { break }
            perform { $0.serviceLost() }
            life.wait(upTo: Self.servicePause) { $0.isStopping }
        }
        closeWorkers()
    }

    /// Follows the readers through one context; returns why it broke, nil at the end.
    private func follow() -> PCSCError? {
        let context: PCSCContext
        do { context = try PCSCContext() } catch { return error }
        waiting.began(in: context.handle)
        let error = follow(in: context)
        waiting.ended()
        _ = consume context  // only now: it must not be cancelled after its release
        return error
    }

    private func follow(in context: borrowing PCSCContext) -> PCSCError? {
        let table = StatusTable()
        do throws(PCSCError) {
            var settling = try list(in: context, into: table)
            while !isStopping {
                countTurn()
                let outcome = table.wait(in: context, upTo: Self.limit(of: settling))
                let isStale = try take(outcome, from: table)
                if let end = settling, end <= .now {
                    settling = nil
                    perform { $0.readersSettled() }
                }
                if isStale { settling = try list(in: context, into: table) ?? settling }
            }
            return nil
        } catch {
            return error
        }
    }

    /// Takes what a wait brought; returns whether the list of readers may be out of date.
    private func take(
        _ outcome: StatusTable.Outcome, from table: StatusTable
    ) throws(PCSCError) -> Bool {
        switch outcome {
        case .changed:
            return table.takeChanges { reader, word in
                perform { $0.observed(word, reader: reader) }
            }
        case .timeout: return true
        case .unknownReader:
            life.wait(upTo: Self.listPause) { $0.isStopping }
            return true
        case .cancelled: return false
        case .failed(let error): throw error
        }
    }

    /// Lists the readers; returns when they will have settled, nil when they are the same.
    private func list(
        in context: borrowing PCSCContext, into table: StatusTable
    ) throws(PCSCError) -> ContinuousClock.Instant? {
        let matching = try context.readerNames().filter(pattern.matches)
        let names = Array(matching.prefix(StatusTable.readersMax))
        perform { $0.serviceAnswered() + $0.readersListed(names) }
        guard names != table.names else { return nil }
        table.fill(with: names)
        return .now + Self.settleTime
    }

    private func countTurn() { turnCount.add(1, ordering: .relaxed) }

    private static func limit(of settling: ContinuousClock.Instant?) -> Duration {
        guard let settling else { return waitMax }
        return max(.milliseconds(1), ContinuousClock.now.duration(to: settling))
    }
}

// MARK: - Acting

extension ReaderMonitor {
    private func perform(_ decide: (inout StateMachine) -> [StateMachine.Action]) {
        core.withLock { core in
            for action in decide(&core.machine) { perform(action, workers: &core.workers) }
        }
    }

    private func perform(_ action: StateMachine.Action, workers: inout [String: ReadWorker]) {
        switch action {
        case .emit(let event): emit(event)
        case .open(let reader): workers[reader] = worker(for: reader)
        case .close(let reader): workers.removeValue(forKey: reader)?.close()
        case .read(let presentation, let reader): workers[reader]?.read(presentation)
        case .cardLeft(let presentation, let reader): workers[reader]?.cardLeft(presentation)
        }
    }

    private func worker(for reader: String) -> ReadWorker {
        let worker = ReadWorker(reader: reader, reading: settings.reading) {
            [weak self] presentation, result in
            self?.perform { $0.readEnded(presentation, reader: reader, result: result) }
        }
        life.withLock { $0.threads += 1 }
        startCounted { worker.work() }
        return worker
    }

    private func closeWorkers() {
        core.withLock { core in
            for worker in core.workers.values { worker.close() }
            core.workers = [:]
        }
    }
}

// MARK: - Ending

extension ReaderMonitor {
    private var isStopping: Bool { life.withLock { $0.isStopping } }

    /// Starts a thread that is counted already, so that the end cannot come before it.
    private func startCounted(_ body: @escaping @Sendable () -> Void) {
        BlockingThread.start {
            body()
            self.life.withLock { $0.threads -= 1 }
        }
    }

    /// Wakes the wait again and again: a call that comes just before the wait begins is lost.
    private func cancelWait() {
        repeat {
            waiting.cancel()
        } while !life.wait(upTo: Self.cancelPause) { $0.threads == 0 || $0.whenEnded == nil }
    }

    private func awaitEnd() {
        life.wait(upTo: Self.stopMax) { $0.threads == 0 && $0.whenEnded != nil }
        let whenEnded = life.wait { life -> CheckedContinuation<Void, Never>? in
            defer { life.whenEnded = nil }
            return life.whenEnded
        }
        whenEnded.resume()
    }
}
