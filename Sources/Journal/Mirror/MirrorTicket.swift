internal import Dispatch
internal import Synchronization

/// A payer's wait for the medium, and its result.
final class MirrorTicket: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    private let isWritten = Mutex(false)

    func finish(written: Bool) {
        isWritten.withLock { $0 = written }
        semaphore.signal()
    }

    /// Blocks the thread, which must not be a cooperative one; nil when the time is over.
    func wait(_ patience: Duration) -> Bool? {
        let (seconds, attoseconds) = patience.components
        let nanoseconds = Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
        guard semaphore.wait(timeout: .now() + .nanoseconds(nanoseconds)) == .success else {
            return nil
        }
        return isWritten.withLock { $0 }
    }
}
