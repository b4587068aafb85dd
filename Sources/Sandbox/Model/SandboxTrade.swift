/// One order number and everything that ever happened to it.
public struct SandboxTrade: Hashable, Sendable, Codable {
    /// The caller's order number.
    public let seq: String
    /// The platform's own number.
    public let id: String
    /// The card whose money it is.
    public let card: String
    /// Paid with a code of the card's holder instead of the card: the answer names no card.
    public let cardless: Bool
    /// What was asked for, in fen.
    public let amount: Int64
    public let title: String
    /// The payment channel, `app` on the wire.
    public let app: String
    /// Unix milliseconds.
    public let created: Int64
    /// One of the platform's words: `accepted`, `normal`, `fail`, `refunding`, `refund`, `closed`.
    public internal(set) var status: String
    /// The card's balance after the last change, in fen.
    public internal(set) var balance: Int64
    /// How often the card was charged for it; anything above 1 is a double charge.
    public internal(set) var charges: Int
    /// How often a charge was given back.
    public internal(set) var refunds: Int
    /// How often the order changed, beginning with 1.
    public internal(set) var revision: Int

    /// Whether the card's money is with the platform now.
    public var isCharged: Bool { charges > refunds }
}
