/// What one round brought for both sides, in one unit.
struct Pair {
    let ours: Double
    let yardstick: Double

    var ratio: Double { ours / yardstick }
}

/// Rounds in which both sides run one after the other, so that both meet the same minute.
struct Rounds {
    let countMax: Int
    /// No further round begins after this, so that a slow disk does not make the run endless.
    let time: Duration

    /// So many rounds are made in any case: a median of fewer means little.
    static let countMin = 3

    /// Runs `round` with its number; callers let the first side change from round to round.
    func run<Found>(_ round: (Int) async throws -> Found) async throws -> [Found] {
        let start = ContinuousClock.now
        var found: [Found] = []
        while found.count < countMax {
            if found.count >= Self.countMin, ContinuousClock.now - start > time { break }
            found.append(try await round(found.count))
        }
        return found
    }
}

extension [Double] {
    /// The middle value; the mean of the two middle ones of an even count.
    var median: Double {
        precondition(!isEmpty)
        let sorted = sorted()
        return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
    }

    /// The values that a quarter of all lies below, and above.
    var middle: ClosedRange<Double> {
        precondition(!isEmpty)
        let sorted = sorted()
        let quarter = (count - 1) / 4
        return sorted[quarter]...sorted[count - 1 - quarter]
    }

    /// The value that 99 of 100 do not exceed.
    var p99: Double {
        precondition(!isEmpty)
        return sorted()[(count * 99 + 99) / 100 - 1]
    }
}

extension Duration {
    var microseconds: Double { self / .microseconds(1) }
}

/// How long `work` takes.
func elapsed(_ work: () throws -> Void) rethrows -> Duration {
    let start = ContinuousClock.now
    try work()
    return ContinuousClock.now - start
}
