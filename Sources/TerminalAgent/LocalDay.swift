internal import Glibc
internal import TerminalCore

/// A moment as the canteen's clock on the wall shows it.
struct LocalDay {
    /// Minutes after local midnight, 0 to 1439.
    let minute: Int
    let midnight: Timestamp

    /// In the machine's time zone.
    init(_ now: Timestamp) {
        var seconds = time_t(now.milliseconds / 1_000)
        var local = tm()
        localtime_r(&seconds, &local)
        minute = Int(local.tm_hour) * 60 + Int(local.tm_min)
        (local.tm_hour, local.tm_min, local.tm_sec, local.tm_isdst) = (0, 0, 0, -1)
        midnight = Timestamp(milliseconds: Int64(mktime(&local)) * 1_000)
    }
}
