internal import Ledger

/// How much slower taps are recorded after a million payments, against the same loss in plain C.
///
/// Both sides record in one file by turns, so that they meet the very same trees, and each round
/// asks both a fresh file and the large one. What a round has recorded in the large one is settled
/// after it: both files have as many unforwarded payments, which each tap adds up.
enum GrowthBench {
    private static let taps = 200
    private static let warmUpTaps = 20

    static func run(_ effort: Effort, _ large: LargeLedger) async throws -> [Line] {
        let scratch = try Scratch()
        let path = try large.path()
        let pairs = try await effort.rounds(30, within: .seconds(30)).run { round in
            let fresh = scratch.path("\(round).sqlite")
            _ = try Ledger.forBench(fresh)
            let first = try await microseconds(round, fresh)
            let last = try await microseconds(round, path)
            return Pair(
                ours: last.ours / first.ours, yardstick: last.yardstick / first.yardstick)
        }
        return [
            Line(
                "growth: a tap after \(large.rows.grouped)", pairs, unit: " x", places: 2,
                Threshold.growthRatio)
        ]
    }

    /// What one tap takes in this file, on both sides.
    private static func microseconds(_ round: Int, _ path: String) async throws -> Pair {
        let ledger = try Ledger.forBench(path)
        let plain = try PlainLedger(path: path)
        let warmUp = Tap.some(warmUpTaps)
        let timed = Array(Tap.some(warmUpTaps + taps).dropFirst(warmUpTaps))
        _ = try (await ledger.record(warmUp), plain.record(warmUp))
        let times: (ours: Duration, plain: Duration)
        if round.isMultiple(of: 2) {
            let time = try plain.record(timed)
            times = (try await ledger.record(timed), time)
        } else {
            times = (try await ledger.record(timed), try plain.record(timed))
        }
        try plain.settle()
        return Pair(
            ours: times.ours.microseconds / Double(taps),
            yardstick: times.plain.microseconds / Double(taps))
    }
}
