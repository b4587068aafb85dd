internal import Synchronization

/// How many event streams are open, over both doors.
final class StreamCount: Sendable {
    private let open = Mutex(0)

    var now: Int { open.withLock { $0 } }

    /// One more is open, as long as the object lives.
    func begin() -> OpenStream {
        open.withLock { $0 += 1 }
        return OpenStream(self)
    }

    fileprivate func ended() { open.withLock { $0 -= 1 } }
}

/// An event stream that counts; it is over when the last one forgets it.
final class OpenStream: Sendable {
    private let count: StreamCount

    fileprivate init(_ count: StreamCount) { self.count = count }

    deinit { count.ended() }
}
