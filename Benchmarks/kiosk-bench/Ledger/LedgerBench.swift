internal import CYardstick
internal import Ledger
internal import TerminalCore

/// Durable taps a second, against the same rows, checks and transactions in plain C.
///
/// The ledger's side is timed on the ledger's own thread, since the way to it belongs to the
/// benchmark `offline`. Each round has two fresh files, as what one terminal has unforwarded is a
/// few hundred payments and both sides add them up at each tap. After each round both files must
/// hold the same rows: a yardstick that does less work than the ledger is found at once.
enum LedgerBench {
    private static let rounds = Rounds(countMax: 20, time: .seconds(25))
    private static let rows = 200
    /// Rows before the clock starts, so that statements are prepared and files have grown.
    private static let warmUpRows = 20

    static func run() async throws -> Line {
        let scratch = try Scratch()
        let pairs = try await rounds.run { try await measure($0, scratch) }
        return Line("ledger: durable taps", pairs, unit: "/s", Threshold.ledgerRatio)
    }

    private static func measure(_ round: Int, _ scratch: Scratch) async throws -> Pair {
        let (path, plainPath) = (scratch.path("\(round).sqlite"), scratch.path("\(round)-c.sqlite"))
        _ = try Ledger.forBench(plainPath)
        let ledger = try Ledger.forBench(path)
        let plain = try PlainLedger(path: plainPath)
        let taps = Tap.some(warmUpRows + rows)
        let (warmUp, timed) = (Array(taps.prefix(warmUpRows)), Array(taps.dropFirst(warmUpRows)))
        _ = try (await ledger.record(warmUp), plain.record(warmUp))
        let times: (ours: Duration, plain: Duration)
        if round.isMultiple(of: 2) {
            let time = try plain.record(timed)
            times = (try await ledger.record(timed), time)
        } else {
            times = (try await ledger.record(timed), try plain.record(timed))
        }
        let different = yardstick_ledgers_differ(path, plainPath)
        guard different == 0 else {
            throw BenchFailure("the yardstick is out of date: \(different) rows differ")
        }
        return Pair(ours: rate(times.ours), yardstick: rate(times.plain))
    }

    private static func rate(_ time: Duration) -> Double { Double(rows) / (time / .seconds(1)) }
}

/// A tap at a moment of its own.
struct Tap {
    let card: CardNumber
    let now: Timestamp

    /// Taps of different cards in no order, from now on.
    static func some(_ count: Int, fromCard first: Int = 0) -> [Tap] {
        let start = SystemTerminalClock().now()
        return (0..<count).map { tap in
            let card = first + tap * 7_919 % Int(YARDSTICK_CARDS)
            return Tap(card: .forBench(card), now: start + .milliseconds(tap))
        }
    }
}

extension Ledger {
    /// Records the taps one after the other; how long it took.
    func record(_ taps: [Tap]) throws -> Duration {
        let draft = PaymentDraft(
            amount: Money(fen: Int64(YARDSTICK_FEN)), title: YARDSTICK_TITLE,
            expiresIn: .milliseconds(YARDSTICK_EXPIRES_MILLISECONDS))
        let rules = TapRules(
            policy: OfflinePolicy(totalLimit: Money(fen: 1_000_000_000)), platformIsUp: false)
        return try elapsed {
            for tap in taps {
                let payment = try recordTap(draft, card: tap.card, rules: rules, now: tap.now)
                guard payment.state == .accepted else { throw BenchFailure("\(payment.state)") }
            }
        }
    }
}
