/// An order as the platform keeps it.
struct Order {
    enum Status: String { case accepted, normal, fail, refunding, closed }

    var number: String
    /// Whose money it is.
    var card: String
    /// The code that stood for the card; such an order names no card.
    var code: String?
    /// Fen.
    var amount: Int64
    /// What was taken from the card, the rest came from a voucher. Fen.
    var paid: Int64
    var status: Status
    var createdAt: Int64
    /// Made by a cloned terminal: nothing of ours may touch it.
    var isForeign = false
    /// Made by a terminal that delivers our own payments, as a replay does.
    var isTwins = false
}

/// One movement of money at the platform, in the order of time.
struct Movement {
    var order: String
    /// Fen; negative for a refund.
    var amount: Int64
}
