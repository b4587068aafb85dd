internal import Foundation

/// One line of the table: a figure, its yardstick, and whether it is good enough.
struct Line: CustomStringConvertible {
    let name: String
    let ours: String
    let yardstick: String
    let ratio: String
    /// Between which values the middle half of the rounds lies.
    let spread: String
    let must: String
    let aim: String
    let verdict: Verdict

    enum Verdict: String {
        case missed = "MISSED"
        case met = "ok"
        case aimMet = "aim met"
        case told = "-"
    }

    var isMet: Bool { verdict != .missed }

    /// A figure that is held against a yardstick of the same run; told only, without a limit.
    init(_ name: String, _ rounds: [Pair], unit: String, places: Int = 0, _ limit: Limit?) {
        let ratios = rounds.map(\.ratio)
        self.name = name
        ours = rounds.map(\.ours).median.text(places) + unit
        yardstick = rounds.map(\.yardstick).median.text(places) + unit
        ratio = ratios.median.text(2)
        spread = ratios.middle.text(2)
        must = limit?.text() ?? "-"
        aim = limit?.aimText() ?? "-"
        verdict = Verdict(ratios.median, limit)
    }

    /// A figure that is held against a number.
    init(_ name: String, _ value: Double, unit: String, _ limit: Limit) {
        self.init(name, [value], unit: unit, limit)
    }

    /// A figure of several rounds, whose median is held against a number.
    init(_ name: String, _ rounds: [Double], unit: String, places: Int = 1, _ limit: Limit?) {
        self.name = name
        ours = rounds.median.text(places) + unit
        (yardstick, ratio) = ("-", "-")
        spread = rounds.count > 1 ? rounds.middle.text(places) : "-"
        must = limit?.text(unit) ?? "-"
        aim = limit?.aimText(unit) ?? "-"
        verdict = Verdict(rounds.median, limit)
    }

    /// A figure that is told and held against nothing.
    init(_ name: String, told value: Double, unit: String) {
        self.init(name, [value], unit: unit, nil)
    }

    /// How a figure grows with the sizes of something: `values` are those at `sizes`, from the
    /// smallest to the largest. More than in proportion is too much.
    init(_ name: String, growth values: [Double], at sizes: [Int], unit: String) {
        let (first, last) = (values[0], values[values.count - 1])
        let linear = Limit.atMost(Double(sizes[sizes.count - 1]) / Double(sizes[0]))
        self.name = name
        ours = last.text(1) + unit
        yardstick = first.text(1) + unit
        ratio = (last / first).text(2)
        spread = "x\(sizes[1] / sizes[0]): " + (values[1] / first).text(2)
        (must, aim) = (linear.text(), "-")
        verdict = Verdict(last / first, linear)
    }

    static var head: String {
        row(["name", "ours", "yardstick", "ratio", "spread", "must", "aim", "verdict"])
    }

    var description: String {
        Self.row([name, ours, yardstick, ratio, spread, must, aim, verdict.rawValue])
    }

    private static func row(_ cells: [String]) -> String {
        zip(cells, [38, 11, 11, 6, 13, 10, 10, 0]).map { cell, width in
            cell + String(repeating: " ", count: max(0, width - cell.count))
        }.joined(separator: " ")
    }
}

extension Line.Verdict {
    fileprivate init(_ value: Double, _ limit: Limit?) {
        guard let limit else {
            self = .told
            return
        }
        self = limit.meetsAim(value) ? .aimMet : limit.holds(value) ? .met : .missed
    }
}

extension ClosedRange<Double> {
    fileprivate func text(_ places: Int) -> String {
        "\(lowerBound.text(places))-\(upperBound.text(places))"
    }
}

extension Double {
    /// With so many digits after the point.
    func text(_ places: Int) -> String { String(format: "%.\(places)f", self) }
}

extension Int {
    /// With commas between the thousands.
    var grouped: String {
        if self < 1_000 { return String(self) }
        return "\((self / 1_000).grouped),\(String(1_000 + self % 1_000).dropFirst())"
    }
}
