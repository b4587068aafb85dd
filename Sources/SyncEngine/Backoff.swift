/// When a payment may be tried again: exponential, with full jitter, so that a thousand terminals
/// do not return at the same moment.
struct Backoff: Hashable, Sendable {
    private(set) var tries = 0
    private(set) var dueAt: Duration = .zero
    /// What the last try brought, for people; nil when that is not known.
    var trouble: WaitingCause.Trouble?

    /// Takes in a failed try. `patience` is the platform's own wish, honoured up to
    /// `rules.retryMax`.
    mutating func failed(
        at now: Duration, rules: DeliveryRules, patience: Duration?,
        random: (ClosedRange<Double>) -> Double
    ) {
        let ceiling = min(rules.retryMax, rules.retryMin * Double(1 << min(tries, 20)))
        let wait = max(ceiling * random(0...1), min(patience ?? .zero, rules.retryMax))
        tries += 1
        dueAt = now + wait
    }
}
