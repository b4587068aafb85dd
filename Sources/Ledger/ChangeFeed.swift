internal import Synchronization
public import TerminalCore

/// A payment after a committed change, with the number of its line of history.
public struct LedgerChange: Hashable, Sendable {
    public var id: Int64
    public var payment: Payment
}

/// Hands each committed change to whoever listens.
///
/// A listener that does not keep up loses the oldest ones: what must not be lost is read from the
/// history by its number.
final class ChangeFeed: Sendable {
    /// How many changes wait for one listener.
    static let bufferMax = 256

    private struct State {
        var nextKey = 0
        var listeners: [Int: AsyncStream<LedgerChange>.Continuation] = [:]
    }

    private let state = Mutex(State())

    func subscribe() -> AsyncStream<LedgerChange> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: LedgerChange.self, bufferingPolicy: .bufferingNewest(Self.bufferMax))
        let key = state.withLock { state in
            state.nextKey += 1
            state.listeners[state.nextKey] = continuation
            return state.nextKey
        }
        continuation.onTermination = { [weak self] _ in self?.unsubscribe(key) }
        return stream
    }

    func publish(_ change: LedgerChange) {
        let listeners = state.withLock { Array($0.listeners.values) }
        for listener in listeners { listener.yield(change) }
    }

    private func unsubscribe(_ key: Int) {
        _ = state.withLock { $0.listeners.removeValue(forKey: key) }
    }
}

extension Ledger {
    /// Every change from now on, after its commit.
    public nonisolated func changes() -> AsyncStream<LedgerChange> { changeFeed.subscribe() }

    nonisolated func publish(_ payment: Payment, _ change: Int64) {
        changeFeed.publish(LedgerChange(id: change, payment: payment))
    }
}
