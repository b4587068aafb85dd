/// The clocks of a terminal, as a parameter, so that tests and the simulator own time.
public protocol TerminalClock: Sendable {
    /// The wall clock, for records and order numbers. It may jump in both directions.
    func now() -> Timestamp
    /// The time since the machine was started, for waits, deadlines and ages. It never jumps.
    func uptime() -> Duration
    /// Names this start of the machine: ``uptime()`` counts from zero under each new name.
    var bootID: String { get }
    /// Whether a time server keeps the wall clock right.
    var isSynchronised: Bool { get }
    /// Returns after `duration`, or throws `CancellationError`.
    func sleep(for duration: Duration) async throws
}
