/// Tells its listeners that something changed; what, they look up themselves.
struct ChangeFeed: Sendable {
    /// The most listeners; the oldest one's stream ends when another comes.
    static let listenersMax = 16

    private var listeners: [(id: Int, continuation: AsyncStream<Void>.Continuation)] = []
    private var count = 0

    /// A stream with one element at once and one after each change; changes that come faster
    /// than they are read count as one.
    mutating func listen() -> (id: Int, changes: AsyncStream<Void>) {
        if listeners.count >= Self.listenersMax { listeners.removeFirst().continuation.finish() }
        count += 1
        let (stream, continuation) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        continuation.yield()
        listeners.append((count, continuation))
        return (count, stream)
    }

    mutating func forget(_ id: Int) { listeners.removeAll { $0.id == id } }

    func tell() {
        for listener in listeners { listener.continuation.yield() }
    }
}
