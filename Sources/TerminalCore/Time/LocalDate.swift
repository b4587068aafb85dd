internal import Glibc

/// A day of the terminal's calendar, in the machine's time zone.
///
/// It lasts 23 or 25 hours when the clocks change.
public struct LocalDate: Hashable, Sendable {
    public let year: Int
    public let month: Int
    public let day: Int

    /// The day that `moment` belongs to.
    public init(_ moment: Timestamp) {
        let local = moment.local
        (year, month, day) = (
            Int(local.tm_year) + 1_900, Int(local.tm_mon) + 1, Int(local.tm_mday)
        )
    }

    /// Reads `2026-11-21`; nil for anything else and for a day that the calendar does not have.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2],
            parts.joined().utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            year >= 1_970
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
        guard LocalDate(noon) == self else { return nil }
    }

    /// From its first moment to the first of the next day.
    public var moments: Range<Timestamp> {
        start..<LocalDate(noon + .seconds(Self.daySeconds)).start
    }

    private static let daySeconds = 86_400

    /// Every day has a noon.
    private var noon: Timestamp {
        var local = tm()
        local.tm_year = Int32(year - 1_900)
        (local.tm_mon, local.tm_mday) = (Int32(month - 1), Int32(day))
        (local.tm_hour, local.tm_isdst) = (12, -1)
        return Timestamp(milliseconds: Int64(mktime(&local)) * 1_000)
    }

    /// The first second of the day, found by halving: where clocks change at midnight, there may be
    /// no 00:00.
    private var start: Timestamp {
        var (before, within) = (-Self.daySeconds, 0)
        while within - before > 1 {
            let middle = (before + within) / 2
            if LocalDate(noon + .seconds(middle)) < self {
                before = middle
            } else {
                within = middle
            }
        }
        return noon + .seconds(within)
    }
}

extension LocalDate: Comparable {
    public static func < (left: LocalDate, right: LocalDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

extension LocalDate: CustomStringConvertible {
    /// As in ISO 8601, for example `2026-11-21`.
    public var description: String {
        "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}

extension Timestamp {
    /// This moment on the clock on the wall.
    fileprivate var local: tm {
        var seconds = time_t(milliseconds / 1_000)
        var local = tm()
        localtime_r(&seconds, &local)
        return local
    }

    /// Local time with its offset, as in ISO 8601: `2026-11-21T12:30:05+08:00`.
    public var localText: String {
        let local = local
        let offset = Int(local.tm_gmtoff) / 60
        let zone = padded(abs(offset) / 60, 2) + ":" + padded(abs(offset) % 60, 2)
        let time = [local.tm_hour, local.tm_min, local.tm_sec].map { padded(Int($0), 2) }
        return "\(LocalDate(self))T\(time.joined(separator: ":"))\(offset < 0 ? "-" : "+")\(zone)"
    }
}

private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
