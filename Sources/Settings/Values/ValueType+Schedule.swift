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
        let allowed =
            "a list of at most \(periodsMax) {from: \"HH:MM\", to: \"HH:MM\", amount: fen, "
            + "title: text}, from before to, without overlaps"
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
            reader.object("ends before it begins", allowed: "from before to, within one day")
        }
        findings += reader.findings
        guard reader.findings.isEmpty, let from, let to, let amount else { return nil }
        return WrittenPeriod(from: from, to: to, amount: amount, title: title, place: raw.place)
    }

    private static func objectToOverlaps(
        _ periods: [WrittenPeriod?], allowed: String, into findings: inout [Finding]
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
                    what: "overlaps with entry \(clash + 1)", allowed: allowed))
        }
    }
}
