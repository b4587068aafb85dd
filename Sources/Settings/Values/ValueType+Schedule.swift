internal import TerminalCore

/// A period of the schedule as it is written; its title may be missing.
struct WrittenPeriod: Hashable, Sendable {
    let from: Int
    let to: Int
    let amount: Money
    let title: String?
    let place: Place
}

extension ValueType where Value == [WrittenPeriod] {
    /// The most periods of a day.
    static var periodsMax: Int { 48 }

    /// Periods that do not overlap; the result is in the order of the day.
    static var schedule: Self {
        let allowed = Phrase(
            en: "a list of at most \(periodsMax) {from: \"HH:MM\", to: \"HH:MM\", amount: fen, "
                + "title: text}, from before to, without overlaps",
            zh: "最多 \(periodsMax) 项 {from: \"HH:MM\", to: \"HH:MM\", amount: 分, title: 文字} "
                + "的列表，开始早于结束，互不重叠")
        return Self(shape: .map, allowed: allowed) { raw, findings in
            guard let items = raw.items(countMax: periodsMax, allowed: allowed, into: &findings)
            else { return nil }
            let read = items.enumerated().map { index, item in
                period(item, path: "[\(index + 1)]", into: &findings)
            }
            objectToOverlaps(read, allowed: allowed, into: &findings)
            return read.compactMap(\.self).sorted { $0.from < $1.from }
        }
    }

    private static func period(
        _ raw: Raw, path: String, into findings: inout [Finding]
    ) -> WrittenPeriod? {
        let names = ["from", "to", "amount", "title"]
        guard var reader = MemberReader(raw, path: path, names: names, into: &findings) else {
            return nil
        }
        let from = reader.required("from", .timeOfDay)
        let to = reader.required("to", .timeOfDay)
        let amount = reader.required("amount", .fen(1...Int(Money.paymentMax.fen)))
        let title = reader.optional("title", .text())
        if let from, let to, from >= to {
            reader.object(
                Phrase(en: "ends before it begins", zh: "结束早于开始"),
                allowed: Phrase(
                    en: "from before to, within one day", zh: "开始早于结束，且在同一天内"))
        }
        findings += reader.findings
        guard reader.findings.isEmpty, let from, let to, let amount else { return nil }
        return WrittenPeriod(from: from, to: to, amount: amount, title: title, place: raw.place)
    }

    private static func objectToOverlaps(
        _ periods: [WrittenPeriod?], allowed: Phrase, into findings: inout [Finding]
    ) {
        for (index, later) in periods.enumerated() {
            guard let later else { continue }
            let clash = periods[..<index].firstIndex { earlier in
                earlier.map { $0.from < later.to && later.from < $0.to } ?? false
            }
            guard let clash else { continue }
            findings.append(
                Finding(
                    member: "[\(index + 1)]", place: later.place, value: nil,
                    what: Phrase(
                        en: "overlaps with entry \(clash + 1)", zh: "与第 \(clash + 1) 项重叠"),
                    allowed: allowed))
        }
    }
}
