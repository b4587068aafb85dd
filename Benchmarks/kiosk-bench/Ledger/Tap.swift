internal import CYardstick
internal import Ledger
internal import TerminalCore

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
