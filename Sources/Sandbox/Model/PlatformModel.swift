/// What the platform knows and decides: cards, tokens and trades.
///
/// Pure; the caller tells the time.
/// Where the wire page leaves the platform's answer open, the choice made here is marked
/// *assumed*.
struct PlatformModel: Sendable {
    /// The most cards and trades; the oldest trades beyond that are forgotten.
    static let cardsMax = 1_000
    static let tradesMax = 50_000

    let clientID: String
    let clientSecret: String
    var lifetimes: TokenLifetimes
    /// The status a new order gets; anything but `normal` is an order that is not charged (yet).
    var newTradeStatus = "normal"

    private(set) var cards: [SandboxCard] = []
    var tokens = TokenTable()
    var codes = OneTimeCodes()
    var sessions = QRSessions()
    /// The text messages that would have been sent, oldest first.
    var messages: [SandboxMessage] = []
    private(set) var trades: [String: SandboxTrade] = [:]
    private(set) var tradeOrder: [String] = []
    var generator: SeededGenerator

    init(
        cards: [SandboxCard], clientID: String, clientSecret: String, lifetimes: TokenLifetimes,
        seed: UInt64
    ) {
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.lifetimes = lifetimes
        generator = SeededGenerator(seed: seed)
        for card in cards { put(card) }
    }

    /// The card with this number.
    func card(_ number: String) -> SandboxCard? { cards.first { $0.number == number } }

    /// Adds or replaces a card; false when the table is full.
    @discardableResult
    mutating func put(_ card: SandboxCard) -> Bool {
        if let at = cards.firstIndex(where: { $0.number == card.number }) {
            cards[at] = card
        } else {
            guard cards.count < Self.cardsMax else { return false }
            cards.append(card)
        }
        return true
    }

    /// Whom a Bearer token speaks for.
    func subject(bearer: String?, now: Int64) -> TokenTable.Subject? {
        bearer.flatMap { tokens.token($0, now: now)?.subject }
    }

    /// The trades in the order they came.
    var tradeList: [SandboxTrade] { tradeOrder.compactMap { trades[$0] } }

    mutating func keep(_ trade: SandboxTrade) {
        if trades.updateValue(trade, forKey: trade.seq) == nil { tradeOrder.append(trade.seq) }
        if tradeOrder.count > Self.tradesMax { trades[tradeOrder.removeFirst()] = nil }
    }

    /// Takes `amount` from the card, or gives it back when negative; the balance afterwards.
    mutating func move(_ amount: Int64, from number: String) -> Int64 {
        guard let at = cards.firstIndex(where: { $0.number == number }) else { return 0 }
        cards[at].balance -= amount
        return cards[at].balance
    }
}
