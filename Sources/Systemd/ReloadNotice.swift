internal import Glibc

/// What the service manager is told when a configuration is read again.
///
/// From then on it takes the service for reloading, until the next `READY=1`.
public enum ReloadNotice {
    /// That a reload begins at `now`, which is ``monotonic()``.
    ///
    /// By that moment a manager tells this reload from an earlier one (`sd_notify(3)`); one before
    /// systemd 253 passes it over.
    public static func begins(at now: Duration) -> String {
        let (seconds, attoseconds) = now.components
        let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
        return "RELOADING=1\nMONOTONIC_USEC=\(microseconds)"
    }

    /// `CLOCK_MONOTONIC`, the manager's own count. Unlike the terminal's it stands still while the
    /// machine sleeps.
    public static func monotonic() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
