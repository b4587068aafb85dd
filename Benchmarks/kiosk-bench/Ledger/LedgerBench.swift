internal import CYardstick
internal import Ledger
internal import TerminalCore

/// Durable taps a second, against the same rows, checks and transactions in plain C and in Python.
///
/// The ledger's side is timed on the ledger's own thread, since the way to it belongs to the
/// benchmark `tap`. Each round has three fresh files. After it all must hold the same rows: a
/// yardstick that does less work than the ledger is found at once. All run on one processor, as the
/// way of the disk's word to another one is long, and who has it is chance.
enum LedgerBench {
    private static let rows = 200
    /// Rows before the clock starts: by then statements are prepared, and SQLite's log, which takes
    /// some 80 of them, has been taken in once and grows no more.
    private static let warmUpRows = 100

    /// Taps a second.
    private struct Rates {
        var ours = 0.0
        var plain = 0.0
        var python = 0.0
    }

    static func run(_ effort: Effort) async throws -> [Line] {
        let scratch = try Scratch()
        let code = yardstick_use_one_processor()
        guard code == 0 else { throw BenchFailure("no processor of its own: \(code)") }
        defer { yardstick_use_all_processors() }
        let rounds = try await effort.rounds(40, within: .seconds(30)).run { round in
            try await measure(round, scratch)
        }
        return [
            Line(
                "ledger: durable taps", rounds.map { Pair(ours: $0.ours, yardstick: $0.plain) },
                unit: "/s", Threshold.ledgerRatio),
            Line(
                "ledger: against Python",
                rounds.map { Pair(ours: $0.ours, yardstick: $0.python) }, unit: "/s",
                Threshold.ledgerPython),
        ]
    }

    /// Each side takes its turn at another place in each round: who comes after whom was worth some
    /// 15 %, as the disk goes on with what the one before has written.
    private static func measure(_ round: Int, _ scratch: Scratch) async throws -> Rates {
        let paths = ["", "-c", "-python"].map { scratch.path("\(round)\($0).sqlite") }
        for path in paths.dropFirst() { _ = try Ledger.forBench(path) }
        let ledger = try Ledger.forBench(paths[0])
        let plain = try PlainLedger(path: paths[1])
        let taps = Tap.some(warmUpRows + rows)
        let (warmUp, timed) = (Array(taps.prefix(warmUpRows)), Array(taps.dropFirst(warmUpRows)))
        var rates = Rates()
        for place in 0..<paths.count {
            switch (round + place) % paths.count {
            case 0:
                _ = try await ledger.record(warmUp)
                rates.ours = rate(try await ledger.record(timed))
            case 1:
                _ = try plain.record(warmUp)
                rates.plain = rate(try plain.record(timed))
            default: rates.python = try recordInPython(paths[2], from: taps[0].now)
            }
        }
        for (path, side) in zip(paths.dropFirst(), ["C", "Python"]) {
            let different = yardstick_ledgers_differ(paths[0], path)
            guard different == 0 else {
                throw BenchFailure("the yardstick in \(side) is out of date: \(different) rows")
            }
        }
        return rates
    }

    private static func rate(_ time: Duration) -> Double { Double(rows) / (time / .seconds(1)) }

    /// The same taps, from `start` on; taps a second.
    private static func recordInPython(_ path: String, from start: Timestamp) throws -> Double {
        let isSynchronised = SystemTerminalClock().isSynchronised
        return try PythonAgent.run(
            [
                path, "--start", "\(start.milliseconds)", "--warm-up", "\(warmUpRows)", "--taps",
                "\(rows)", "--clock-synced", isSynchronised ? "1" : "0",
            ], script: "ledger.py")
    }
}
