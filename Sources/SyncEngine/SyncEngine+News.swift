/// What staff must hear of at once: each new state of the platform, and each new problem that they
/// can mend.
struct SyncNews: Sendable {
    /// For one listener; who is slow sees the newest.
    let stream: AsyncStream<SyncStatus>
    private let input: AsyncStream<SyncStatus>.Continuation
    private var last: [String] = []

    init() {
        (stream, input) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Tells of `status` unless it says the same as the last one.
    mutating func tell(_ status: SyncStatus) {
        let words = [status.platform.rawValue] + status.problems
        guard words != last else { return }
        last = words
        input.yield(status)
    }
}

extension SyncEngine {
    /// Each status that differs in what staff must know; for one listener.
    public var news: AsyncStream<SyncStatus> { told.stream }

    /// Tells of the present status if it is new.
    func announce() { told.tell(status) }
}
