internal import TerminalCore

/// Whole numbers as people write them; nothing that YAML would read in another way.
enum Digits {
    /// `text` as a number: decimal digits only, without sign, grouping or leading zeros.
    static func number(_ text: some StringProtocol) throws(Flaw) -> Int {
        let digits = text.utf8
        guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw Flaw(
                what: Phrase(
                    en: "is not a whole number in decimal digits", zh: "不是十进制整数"))
        }
        guard digits.count == 1 || digits.first != 0x30 else {
            throw Flaw(
                what: Phrase(
                    en: "begins with 0, which some read as octal",
                    zh: "以 0 开头，可能被当作八进制"))
        }
        guard digits.count <= 15, let number = Int(text) else { throw .outOfRange }
        return number
    }
}

extension ScalarType where Value == Int {
    /// A whole number within `range`; `zero` says what 0 means where it is special.
    static func integer(_ range: ClosedRange<Int>, zero: Phrase? = nil) -> Self {
        let meaning =
            zero.map { Phrase(en: " (0 = \($0.en))", zh: "（0 = \($0.zh)）") } ?? Phrase.nothing
        let bounds = Phrase(
            en: "\(range.lowerBound) to \(range.upperBound)",
            zh: "\(range.lowerBound) 至 \(range.upperBound)")
        return Self(allowed: bounds + meaning) { text throws(Flaw) in
            let number = try Digits.number(text)
            guard range.contains(number) else { throw .outOfRange }
            return number
        }
    }

    /// A time of the day as `HH:MM`, in minutes from midnight; `24:00` is the end of the day.
    static let timeOfDay = Self(
        allowed: Phrase(
            en: "\"HH:MM\" in quotes, 00:00 to 24:00", zh: "带引号的 \"HH:MM\"，00:00 至 24:00")
    ) { text throws(Flaw) in
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        let digits = text.utf8.allSatisfy { (0x30...0x3A).contains($0) }
        guard digits, parts.map(\.count) == [2, 2],
            let hours = Int(text.prefix(2)), let minutes = Int(text.suffix(2))
        else {
            throw Flaw(what: Phrase(en: "is not a time of the day", zh: "不是一天中的时间"))
        }
        guard minutes < 60, hours * 60 + minutes <= 24 * 60 else { throw .outOfRange }
        return hours * 60 + minutes
    }
}

extension ScalarType where Value == Money {
    /// Fen within `range`.
    static func fen(_ range: ClosedRange<Int>) -> Self {
        let allowed = Phrase(
            en: "\(range.lowerBound) to \(range.upperBound) fen, a whole number",
            zh: "\(range.lowerBound) 至 \(range.upperBound) 分，整数")
        return Self(allowed: allowed) { text throws(Flaw) in
            let number = try Digits.number(text)
            guard range.contains(number) else { throw .outOfRange }
            return Money(fen: Int64(number))
        }
    }
}

extension ScalarType where Value == Duration {
    /// A number with its unit between two bounds; `zero` says what 0 means where it is allowed.
    static func duration(_ from: String, _ to: String, zero: Phrase? = nil) -> Self {
        let meaning =
            zero.map { Phrase(en: ", or 0 (\($0.en))", zh: "，或 0（\($0.zh)）") } ?? Phrase.nothing
        let bounds = Phrase(
            en: "\(from) to \(to), a whole number with ms, s, m, h or d",
            zh: "\(from) 至 \(to)，整数加单位 ms、s、m、h 或 d")
        return Self(allowed: bounds + meaning) { text throws(Flaw) in
            if text == "0" && zero != nil { return .zero }
            let duration = try DurationText.duration(text)
            if duration == .zero && zero != nil { return .zero }
            let range = try DurationText.duration(from)...DurationText.duration(to)
            guard range.contains(duration) else { throw .outOfRange }
            return duration
        }
    }
}

/// Durations as the configuration writes them.
enum DurationText {
    private static let units: [(suffix: String, milliseconds: Int)] = [
        ("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
    ]

    /// Reads an integer with `ms`, `s`, `m`, `h` or `d`.
    static func duration(_ text: String) throws(Flaw) -> Duration {
        guard let unit = units.first(where: { text.hasSuffix($0.suffix) }) else {
            throw Flaw(what: Phrase(en: "has no unit", zh: "没有单位"))
        }
        let number = try Digits.number(text.dropLast(unit.suffix.count))
        let (milliseconds, overflow) = number.multipliedReportingOverflow(by: unit.milliseconds)
        guard !overflow else { throw .outOfRange }
        return .milliseconds(milliseconds)
    }
}
