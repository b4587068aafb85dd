internal import CYardstick
internal import Ledger
internal import SyncEngine
internal import TerminalCore

/// Tap → answer, from before the card is read until the payer would see the outcome.
///
/// Plain C reads the same card and commits the same payment; its settling is the second commit of
/// a payment online. The two sides take turns tap by tap, each round has fresh ledgers.
enum TapBench {
    private static let offlineTaps = 200
    private static let onlineTaps = 50
    private static let warmUpTaps = 5
    /// What a platform over the internet takes for each answer.
    private static let latency = Duration.milliseconds(20)
    /// More than are delivered while the taps beside them are timed.
    private static let waiting = 2_000
    private static let tapsBeside = 100

    static func run(_ effort: Effort) async throws -> [Line] {
        let scratch = try Scratch()
        let (offline, online) = try await CardOnReader.use { card -> ([TapTimes], [TapTimes]) in
            // pcscd stays where it is; the agent has all processors, as it has in a kiosk.
            yardstick_use_all_processors()
            let offline = try await effort.rounds(10, within: .seconds(30)).run { round in
                try await tapOffline(round, card, scratch)
            }
            let online = try await effort.rounds(6, within: .seconds(40)).run { round in
                try await tapOnline(round, card, scratch)
            }
            return (offline, online)
        }
        let beside = try await effort.rounds(5, within: .seconds(60)).run { round in
            Pair(
                ours: try await p99(round, scratch, waiting: waiting),
                yardstick: try await p99(round, scratch, waiting: 0))
        }
        return lines(offline, online, beside)
    }

    private static func lines(
        _ offline: [TapTimes], _ online: [TapTimes], _ beside: [Pair]
    ) -> [Line] {
        [
            Line(
                "tap: offline", offline.map { $0.pair(\.median) }, unit: " µs",
                Threshold.offlineTap),
            Line(
                "tap: offline, p99", offline.map { $0.pair(\.p99) }, unit: " µs",
                Threshold.offlineTap),
            Line(
                "tap: offline, in bare commits, p99",
                offline.map { Pair(ours: $0.afterReading.p99, yardstick: $0.bare.p99) },
                unit: " µs", Threshold.offlineBare),
            Line(
                "tap: online at 20 ms", online.map { $0.pair(\.median) }, unit: " µs",
                Threshold.onlineTap),
            Line(
                "tap: online at 20 ms, p99", online.map { $0.pair(\.p99) }, unit: " µs", nil),
            Line(
                "tap: online beside a drain, p99", beside, unit: " µs", Threshold.tapBesideDrain),
        ]
    }

    private static func tapOffline(
        _ round: Int, _ card: CardOnReader, _ scratch: Scratch
    ) async throws -> TapTimes {
        let files = try TapFiles(scratch, "offline-\(round)")
        let bare = try PlainCommits(path: scratch.path("offline-\(round)-bare.sqlite"))
        return try await TapSite.open(files.ledger, DeadPlatform()) { site in
            try await site.openBreaker()
            var times = TapTimes()
            for (number, tap) in Tap.some(offlineTaps).enumerated() {
                try await times.add(oursFirst: number.isMultiple(of: 2)) {
                    try await site.tap(tap.card) { try card.read() }
                } plain: {
                    try card.readPlain()
                    _ = try files.plain.record([tap])
                }
                times.bare.append(try elapsed { try bare.commit() }.microseconds)
            }
            guard times.allOffline else { throw BenchFailure("a tap was paid online") }
            return times
        }
    }

    private static func tapOnline(
        _ round: Int, _ card: CardOnReader, _ scratch: Scratch
    ) async throws -> TapTimes {
        let files = try TapFiles(scratch, "online-\(round)")
        let platform = try PlainPlatform(delay: latency)
        let client = try PlainClient(port: platform.port)
        let online = OnlinePlatform(at: platform.address, clock: SystemTerminalClock())
        return try await TapSite.open(files.ledger, online) { site in
            var times = TapTimes()
            for (number, tap) in Tap.some(warmUpTaps + onlineTaps).enumerated() {
                if number == warmUpTaps { times = TapTimes() }
                try await times.add(oursFirst: number.isMultiple(of: 2)) {
                    try await site.tap(tap.card) { try card.read() }
                } plain: {
                    try card.readPlain()
                    _ = try files.plain.record([tap])
                    try client.pay(card: tap.card.exposed, order: "\(tap.now.milliseconds)")
                    try files.plain.settle()
                }
            }
            guard times.noneOffline else { throw BenchFailure("a tap was approved offline") }
            guard platform.orders == 2 * (warmUpTaps + onlineTaps) else {
                throw BenchFailure("\(platform.orders) orders came")
            }
            return times
        }
    }

    /// Taps online while `waiting` payments are drained over the same network.
    private static func p99(
        _ round: Int, _ scratch: Scratch, waiting: Int
    ) async throws -> Double {
        let path = scratch.path("beside-\(round)-\(waiting).sqlite")
        _ = try Ledger.forBench(path)
        if waiting > 0 { try PlainLedger(path: path).fill(waiting, settles: false) }
        let platform = try PlainPlatform(delay: latency)
        let online = OnlinePlatform(at: platform.address, clock: SystemTerminalClock())
        return try await TapSite.open(try Ledger.forBench(path), online) { site in
            await site.engine.wake()
            var times: [Double] = []
            let taps = Tap.some(warmUpTaps + tapsBeside, fromCard: Int(YARDSTICK_CARDS))
            for tap in taps { times.append(try await site.tap(tap.card).whole) }
            guard waiting == 0 || platform.orders < waiting else {
                throw BenchFailure("the drain was over before the taps")
            }
            return Array(times.dropFirst(warmUpTaps)).p99
        }
    }
}

/// The ledgers of one round.
private struct TapFiles {
    let ledger: Ledger
    let plain: PlainLedger

    init(_ scratch: Scratch, _ name: String) throws {
        let path = scratch.path("\(name)-c.sqlite")
        _ = try Ledger.forBench(path)
        ledger = try Ledger.forBench(scratch.path("\(name).sqlite"))
        plain = try PlainLedger(path: path)
    }
}
