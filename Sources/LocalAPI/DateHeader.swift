internal import Glibc
internal import TerminalCore

/// The header `Date` of an answer, as `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7).
enum DateHeader {
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    static func text(_ now: Timestamp) -> String {
        var seconds = time_t(now.milliseconds / 1_000)
        var utc = tm()
        gmtime_r(&seconds, &utc)
        let date = "\(digits(utc.tm_mday)) \(months[Int(utc.tm_mon)]) \(utc.tm_year + 1_900)"
        let time = [utc.tm_hour, utc.tm_min, utc.tm_sec].map(digits).joined(separator: ":")
        return "\(days[Int(utc.tm_wday)]), \(date) \(time) GMT"
    }

    private static func digits(_ number: Int32) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
