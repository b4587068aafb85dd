import Dispatch
import Synchronization

/// Where a card's thread stands still until it may go on.
final class Gate: Sendable {
    private let reached = Mutex(false)
    private let passage = DispatchSemaphore(value: 0)

    var isReached: Bool { reached.withLock { $0 } }

    func pass() {
        reached.withLock { $0 = true }
        passage.wait()
        // It stays open.
        passage.signal()
    }

    func open() { passage.signal() }
}
