/// The service manager's watchdog: it ends a program that it does not hear from in time.
public enum Watchdog {
    /// How many beats fall into one period of the manager: one may be lost, one may be late.
    static let beatsPerPeriod = 3

    /// The pause between two beats; nil when nobody waits for beats of process number `process`.
    public static func pause(environment: [String: String], process: Int32) -> Duration? {
        guard let text = environment["WATCHDOG_USEC"], let period = Int64(text), period > 0 else {
            return nil
        }
        // Inherited from a parent that is the one meant.
        if let other = environment["WATCHDOG_PID"], Int32(other) != process { return nil }
        return .microseconds(period) / beatsPerPeriod
    }
}
