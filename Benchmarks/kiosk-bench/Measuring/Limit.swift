/// On which side of a number a figure must stay, and which number it aims at.
struct Limit: Sendable {
    private enum Side: String {
        case atMost = "<="
        case atLeast = ">="
        case below = "<"
    }

    private let side: Side
    private let must: Double
    private let aim: Double?

    static func atMost(_ must: Double, aim: Double? = nil) -> Limit {
        Limit(side: .atMost, must: must, aim: aim)
    }

    static func atLeast(_ must: Double, aim: Double? = nil) -> Limit {
        Limit(side: .atLeast, must: must, aim: aim)
    }

    static func below(_ must: Double, aim: Double? = nil) -> Limit {
        Limit(side: .below, must: must, aim: aim)
    }

    func holds(_ value: Double) -> Bool { holds(value, must) }

    /// False where there is no aim beyond what must hold.
    func meetsAim(_ value: Double) -> Bool { aim.map { holds(value, $0) } ?? false }

    /// For example `<= 1.25`, or `< 50 MB` with a unit.
    func text(_ unit: String = "") -> String { text(must, unit) }

    /// The same of the aim; `-` without one.
    func aimText(_ unit: String = "") -> String { aim.map { text($0, unit) } ?? "-" }

    private func holds(_ value: Double, _ limit: Double) -> Bool {
        switch side {
        case .atMost: value <= limit
        case .atLeast: value >= limit
        case .below: value < limit
        }
    }

    private func text(_ limit: Double, _ unit: String) -> String {
        let isWhole = limit == limit.rounded()
        return "\(side.rawValue) \(isWhole ? String(Int(limit)) : String(limit))\(unit)"
    }
}
