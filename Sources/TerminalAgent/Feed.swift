internal import Synchronization

/// Hands each event to whoever listens, in the order of subscription; a listener that does not
/// keep up loses the oldest.
final class Feed<Event: Sendable>: Sendable {
    /// How many events wait for one listener.
    static var bufferMax: Int { 64 }

    private struct State {
        var nextKey = 0
        /// In the order of their keys.
        var listeners: [(key: Int, input: AsyncStream<Event>.Continuation)] = []
    }

    private let state = Mutex(State())

    func subscribe() -> AsyncStream<Event> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Event.self, bufferingPolicy: .bufferingNewest(Self.bufferMax))
        let key = state.withLock { state in
            state.nextKey += 1
            state.listeners.append((state.nextKey, continuation))
            return state.nextKey
        }
        continuation.onTermination = { [weak self] _ in self?.unsubscribe(key) }
        return stream
    }

    func publish(_ event: Event) {
        for listener in state.withLock(\.listeners) { listener.input.yield(event) }
    }

    private func unsubscribe(_ key: Int) {
        state.withLock { state in state.listeners.removeAll { $0.key == key } }
    }
}
