internal import CInput
internal import Glibc

/// Ends a wait of the scanner's thread from outside.
final class StopSignal: Sendable {
    /// How a wait ended.
    enum Outcome {
        case stopped
        /// The descriptor can be read, or is of no use any more.
        case ready
        case timeout
    }

    private let descriptor: Int32

    init() {
        descriptor = CInput_newSignal()
        // Out of descriptors or memory: nothing useful is left to do, and systemd starts us again.
        precondition(descriptor >= 0, "no event can be made: error \(errno)")
    }

    deinit { close(descriptor) }

    /// Ends all waits, now and later.
    func set() {
        var one: UInt64 = 1
        _ = write(descriptor, &one, MemoryLayout<UInt64>.size)
    }

    /// Waits for `other`; without a limit if that is nil. A negative `other` never is ready.
    func wait(for other: Int32, upTo limit: Duration?) -> Outcome {
        var polled = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: other, events: Int16(POLLIN), revents: 0),
        ]
        let milliseconds = limit.map { Int32($0 / .milliseconds(1)) } ?? -1
        while poll(&polled, 2, milliseconds) < 0, errno == EINTR {}
        if polled[0].revents != 0 { return .stopped }
        return polled[1].revents != 0 ? .ready : .timeout
    }
}
