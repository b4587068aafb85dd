internal import Glibc
internal import TerminalCore

/// Times and ages as people read them.
enum Moments {
    /// Local date and time of Unix milliseconds, for example `2026-11-21 12:30:05`.
    static func text(_ milliseconds: Int64) -> String {
        var seconds = time_t(milliseconds / 1_000)
        var local = tm()
        localtime_r(&seconds, &local)
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 32) { buffer in
            let length = strftime(buffer.baseAddress!, 32, "%F %T", &local)
            return String(
                decoding: buffer.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
    }

    /// An age in its two largest units, for example `2 h 5 min`, `2 小时 5 分`.
    static func age(_ milliseconds: Int64) -> Phrase {
        let seconds = max(0, milliseconds / 1_000)
        let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400)
        return switch seconds {
        case ..<60: Phrase(en: "\(seconds) s", zh: "\(seconds) 秒")
        case ..<3_600:
            Phrase(
                en: "\(minutes) min \(seconds % 60) s", zh: "\(minutes) 分 \(seconds % 60) 秒")
        case ..<86_400:
            Phrase(en: "\(hours) h \(minutes % 60) min", zh: "\(hours) 小时 \(minutes % 60) 分")
        default: Phrase(en: "\(days) d \(hours % 24) h", zh: "\(days) 天 \(hours % 24) 小时")
        }
    }
}
