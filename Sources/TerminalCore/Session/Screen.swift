/// What a page in front of the payer should show, without any wording.
public enum Screen: Hashable, Sendable {
    /// Nothing to pay.
    case idle
    /// Each tap pays this.
    case price(Session.Price)
    /// Please tap.
    case awaitingCard(Session.Waiting)
    /// A card is on the reader.
    case reading
    /// The platform is asked.
    case paying(amount: Money)
    case approved(seq: String, amount: Money, balance: Money?, offline: Bool)
    /// `isReturning`: the card may have been charged, and then gets its money back by itself.
    case declined(seq: String?, reason: Reason, isReturning: Bool = false)
    case cancelled(seq: String)
    /// No payment is possible; the words are for staff.
    case outOfService([String])

    /// How long an outcome stays before the page goes back to waiting, in seconds: 8 for a payment
    /// that was declined, as reason, money and advice are up to thirty words to read; 4 for the
    /// others, and for a card that could not be read, as its payment still waits.
    public var outcomeTime: Duration {
        if case .declined(let seq, _, _) = self, seq != nil { .seconds(8) } else { .seconds(4) }
    }

    /// The outcome of `payment`; nil while it has none.
    public init?(outcomeOf payment: Payment) {
        switch payment.state {
        case .awaitingCard, .pending: return nil
        case .cancelled: self = .cancelled(seq: payment.seq)
        case .settled, .accepted, .held, .rejected, .writtenOff:
            self = .approved(
                seq: payment.seq, amount: payment.amount, balance: payment.balance,
                offline: payment.offline)
        case .refused, .reversing, .reversed:
            self = .declined(
                seq: payment.seq, reason: payment.reason ?? .platformRefused,
                isReturning: payment.state != .refused && !payment.isInDoubt)
        }
    }
}
