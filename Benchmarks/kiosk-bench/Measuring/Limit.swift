/// On which side of a number a figure must stay.
enum Limit {
    case atMost(Double)
    case atLeast(Double)
    case below(Double)

    func holds(_ value: Double) -> Bool {
        switch self {
        case .atMost(let limit): value <= limit
        case .atLeast(let limit): value >= limit
        case .below(let limit): value < limit
        }
    }

    /// For example `<= 1.25`, or `< 50 MB` with a unit.
    func text(_ unit: String = "") -> String {
        let (sign, limit) =
            switch self {
            case .atMost(let limit): ("<=", limit)
            case .atLeast(let limit): (">=", limit)
            case .below(let limit): ("<", limit)
            }
        let isWhole = limit == limit.rounded()
        return "\(sign) \(isWhole ? String(Int(limit)) : String(limit))\(unit)"
    }
}
