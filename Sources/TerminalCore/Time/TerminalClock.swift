internal import Glibc

/// The two clocks of a terminal, as a parameter, so that tests and the simulator own time.
public protocol TerminalClock: Sendable {
    /// The wall clock, for records and order numbers. It may jump in both directions.
    func now() -> Timestamp
    /// The time since some fixed moment, for waits and deadlines. It never jumps.
    func uptime() -> Duration
    /// Returns after `duration`, or throws `CancellationError`.
    func sleep(for duration: Duration) async throws
}

/// The clocks of the machine.
public struct SystemTerminalClock: TerminalClock {
    private static let origin = ContinuousClock.now

    public init() {}

    public func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }

    public func uptime() -> Duration { ContinuousClock.now - Self.origin }

    public func sleep(for duration: Duration) async throws {
        try await Task.sleep(for: duration, clock: .continuous)
    }
}
