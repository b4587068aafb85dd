internal import Foundation

/// One line of the table: a figure, its yardstick, and whether it is good enough.
struct Line: CustomStringConvertible {
    let name: String
    let ours: String
    let yardstick: String
    let ratio: String
    let threshold: String
    let isMet: Bool

    /// A figure that is held against a yardstick of the same run.
    init(_ name: String, _ rounds: [Pair], unit: String, places: Int = 0, _ limit: Limit) {
        let ratio = rounds.map(\.ratio).median
        self.name = name
        ours = rounds.map(\.ours).median.text(places) + unit
        yardstick = rounds.map(\.yardstick).median.text(places) + unit
        self.ratio = ratio.text(2)
        threshold = limit.text()
        isMet = limit.holds(ratio)
    }

    /// A figure that is held against a number.
    init(_ name: String, _ value: Double, unit: String, _ limit: Limit) {
        self.name = name
        ours = value.text(1) + unit
        (yardstick, ratio) = ("-", "-")
        threshold = limit.text(unit)
        isMet = limit.holds(value)
    }

    /// A figure that is told and held against nothing.
    init(_ name: String, told value: Double, unit: String) {
        self.name = name
        ours = value.text(1) + unit
        (yardstick, ratio, threshold) = ("-", "-", "-")
        isMet = true
    }

    static var head: String {
        row(["name", "ours", "yardstick", "ratio", "threshold", "verdict"])
    }

    var description: String {
        Self.row([name, ours, yardstick, ratio, threshold, isMet ? "ok" : "MISSED"])
    }

    private static func row(_ cells: [String]) -> String {
        zip(cells, [32, 10, 10, 6, 10, 0]).map { cell, width in
            cell + String(repeating: " ", count: max(0, width - cell.count))
        }.joined(separator: " ")
    }
}

extension Double {
    /// With so many digits after the point.
    func text(_ places: Int) -> String { String(format: "%.\(places)f", self) }
}
