internal import Glibc
internal import TerminalCore

extension Moments {
    /// What ``parse(_:)`` takes.
    static let forms = Phrase(
        en: "a day (2026-11-21), a local time (2026-11-21T12:30) or Unix milliseconds "
            + "(1795231800000)",
        zh: "日期（2026-11-21）、本地时间（2026-11-21T12:30）或 Unix 毫秒数（1795231800000）")

    /// Unix milliseconds of a moment as people write it, in the machine's time zone; nil when the
    /// text has none of the ``forms``.
    static func parse(_ text: String) -> Int64? {
        if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return Int64(text) }
        let form = /(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?)?/
        guard let match = text.wholeMatch(of: form)?.output else { return nil }
        let parts = [match.1, match.2, match.3, match.4 ?? "0", match.5 ?? "0", match.6 ?? "0"]
        return local(parts.compactMap { Int32($0) })
    }

    /// Year, month, day, hour, minute and second; nil for a moment that no calendar has.
    private static func local(_ parts: [Int32]) -> Int64? {
        var moment = tm()
        (moment.tm_year, moment.tm_mon, moment.tm_mday) = (parts[0] - 1_900, parts[1] - 1, parts[2])
        (moment.tm_hour, moment.tm_min, moment.tm_sec) = (parts[3], parts[4], parts[5])
        moment.tm_isdst = -1
        let asked = (moment.tm_mon, moment.tm_mday, moment.tm_min, moment.tm_sec)
        let seconds = mktime(&moment)
        // 31 June would become 1 July, 12:60 would become 13:00.
        guard seconds >= 0,
            asked == (moment.tm_mon, moment.tm_mday, moment.tm_min, moment.tm_sec)
        else { return nil }
        return Int64(seconds) * 1_000
    }
}
