internal import TerminalCore

/// Stops a drain that does nothing but collect refusals: a wrong key or payment app must not
/// reject a whole backlog.
struct RefusalGuard: Hashable, Sendable {
    /// Different cards refused in a row that stop the drain.
    static let cardsMax = 3

    private var refused: Set<CardNumber> = []
    private(set) var isTripped = false

    /// Whether the next "no" to `card` would be the one too many. Asked before it is written.
    mutating func admits(refusalOf card: CardNumber) -> Bool {
        refused.insert(card)
        isTripped = isTripped || refused.count >= Self.cardsMax
        return !isTripped
    }

    /// Goes on where a restart cut it off: these cards were the last ones to be refused.
    mutating func recall(_ cards: [CardNumber]) { refused.formUnion(cards) }

    mutating func charged() {
        refused = []
        isTripped = false
    }

    /// An operator wants the drain to go on: the next refusals are taken as they come.
    mutating func released() { charged() }
}
