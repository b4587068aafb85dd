internal import Dispatch

/// The ledger's own thread: a commit waits for the disk and must not hold a cooperative thread.
final class LedgerExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "kiosk-agent.ledger", qos: .userInitiated)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedSerialExecutor()
        queue.async { job.runSynchronously(on: executor) }
    }
}
