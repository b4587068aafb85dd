internal import Synchronization
public import TerminalCore

/// A payment after a committed change, with the number of its line of history.
public struct LedgerChange: Hashable, Sendable {
    public var id: Int64
    public var payment: Payment
}

/// Hands each committed change to whoever listens, in the order of subscription.
///
/// A listener that does not keep up loses the oldest ones: what must not be lost is read from the
/// history by its number.
final class ChangeFeed<Change: Sendable>: Sendable {
    private struct State {
        var nextKey = 0
        /// In the order of their keys.
        var listeners: [(key: Int, input: AsyncStream<Change>.Continuation)] = []
    }

    /// How many changes wait for one listener.
    private let bufferMax: Int
    private let state = Mutex(State())

    init(bufferMax: Int = 256) { self.bufferMax = bufferMax }

    func subscribe() -> AsyncStream<Change> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Change.self, bufferingPolicy: .bufferingNewest(bufferMax))
        let key = state.withLock { state in
            state.nextKey += 1
            state.listeners.append((state.nextKey, continuation))
            return state.nextKey
        }
        continuation.onTermination = { [weak self] _ in self?.unsubscribe(key) }
        return stream
    }

    func publish(_ change: Change) {
        for listener in state.withLock(\.listeners) { listener.input.yield(change) }
    }

    private func unsubscribe(_ key: Int) {
        state.withLock { state in state.listeners.removeAll { $0.key == key } }
    }
}

extension Ledger {
    /// Every change from now on, after its commit.
    public nonisolated func changes() -> AsyncStream<LedgerChange> { changeFeed.subscribe() }

    nonisolated func publish(_ payment: Payment, _ change: Int64) {
        counter.changed(payment)
        changeFeed.publish(LedgerChange(id: change, payment: payment))
    }
}
