import Synchronization

/// Runs every job of one world on the caller's thread, in an order that its seed determines.
///
/// Structured tasks and default actors run here by task preference, a ledger by its ``Lane``.
final class SeededExecutor: TaskExecutor {
    private struct Waiting {
        /// In no order: any of them may be next, as on several threads.
        var jobs: [UnownedJob] = []
        /// The ledgers', first come, first served.
        var serial: [(job: UnownedJob, lane: Lane)] = []
        var dice: Dice

        mutating func next() -> (UnownedJob, Lane?)? {
            let count = jobs.count + (serial.isEmpty ? 0 : 1)
            guard count > 0 else { return nil }
            let index = count == 1 ? 0 : dice.number(0...count - 1)
            if index == jobs.count {
                let first = serial.removeFirst()
                return (first.job, first.lane)
            }
            jobs.swapAt(index, jobs.count - 1)
            return (jobs.removeLast(), nil)
        }
    }

    private let waiting: Mutex<Waiting>

    init(seed: UInt64) { waiting = Mutex(Waiting(dice: Dice(seed: seed, .order))) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        waiting.withLock { $0.jobs.append(job) }
    }

    /// Runs one of the jobs that wait; false when there is none.
    func runOne() -> Bool {
        guard let (job, lane) = waiting.withLock({ $0.next() }) else { return false }
        if let lane {
            job.runSynchronously(
                isolatedTo: lane.asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
        } else {
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
        return true
    }

    /// The executor of one ledger, in place of the thread that it otherwise has.
    final class Lane: SerialExecutor {
        private let owner: SeededExecutor

        init(of owner: SeededExecutor) { self.owner = owner }

        func enqueue(_ job: consuming ExecutorJob) {
            let job = UnownedJob(job)
            owner.waiting.withLock { $0.serial.append((job, self)) }
        }
    }
}
