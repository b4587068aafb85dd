/// What the platform said about an order, classified once at the wire.
public enum PlatformAnswer: Hashable, Sendable {
    /// The order is paid.
    case charged(Trade)
    /// A definite "no" to a POST.
    case refused(Reason)
    /// A definite "no" to the card at its exchange: no POST left.
    case cardRefused(Reason)
    /// The order is proven dead (`fail` or `closed`): it will never charge.
    case dead
    /// There is no such order now. Proves nothing while a POST may be under way.
    case absent
    /// The card's `st` says lost.
    case cardLost
    /// The platform has the order and is not done.
    case processing
    /// The order exists under our number, but it is not ours, or may not be: an operator's case.
    ///
    /// Its trade when it is paid, for people to see: it may be a stranger's.
    case conflict(Trade? = nil)
    /// The order is surely ours and paid, but more was taken than we asked for, or a sum that
    /// cannot be: then ``Trade/paid`` is nil.
    case overcharged(Trade)
    /// The number was surely used by somebody else: the payment needs a fresh one.
    case collision
    /// Surely nothing was sent: no connection, no token.
    case notSent(Trouble)
    /// It may or may not have arrived.
    case unknown
    /// No answer about the order now; `after` is the platform's own wish for patience. A redirect
    /// is one, too: it is never followed, and the order may or may not have been taken.
    case later(after: Duration?, redirect: Redirect? = nil)
}

/// Where the platform sends us instead of answering.
public struct Redirect: Hashable, Sendable {
    /// Scheme, host and port; nil when it names none.
    public var place: String?

    public init(to place: String? = nil) { self.place = place }
}

/// A paid order, in the platform's words.
public struct Trade: Hashable, Sendable {
    public var id: String?
    /// The sum of what was really taken; nil when the platform does not say, or what cannot be.
    public var paid: Money?
    public var balance: Money?

    public init(id: String? = nil, paid: Money? = nil, balance: Money? = nil) {
        self.id = id
        self.paid = paid
        self.balance = balance
    }
}

/// Why nothing could be sent.
public enum Trouble: Hashable, Sendable {
    /// No connection was made: refused, no route, unknown host, TLS.
    case network
    /// The platform answered, but gave no token for now; `after` is its own wish.
    case platform(after: Duration?)
    /// The call for a token was sent elsewhere.
    case redirected(Redirect)
    /// The platform does not accept our own credentials: an alarm.
    case credentials
    /// This terminal did not let the POST leave: the payment was withdrawn, or a stop or an outage
    /// came meanwhile. It says nothing about the platform.
    case withdrawn
}

/// What became of a delivery, and what was learnt about its card on the way.
public struct Delivery: Hashable, Sendable {
    public var answer: PlatformAnswer
    public var card: CardNews?
    /// For the history, for example an unknown state of the card.
    public var note: String?

    public init(_ answer: PlatformAnswer, card: CardNews? = nil, note: String? = nil) {
        self.answer = answer
        self.card = card
        self.note = note
    }
}
