/// One purchase by one payer. Made once by the ledger; everyone downstream reads it.
public struct Payment: Hashable, Sendable, Identifiable {
    /// The ledger's row number, in the order of creation.
    public var id: Int64
    /// The order number that names this payment for ever.
    public var seq: String
    public var state: PaymentState
    /// Why it stands in ``state``; for an accepted payment, why it was not online.
    public var reason: Reason?
    public var amount: Money
    /// What the payer sees.
    public var title: String
    /// The POS's own name for the sale.
    public var reference: String?
    public var card: CardNumber?
    /// Whether it was approved without the platform.
    public var offline: Bool
    /// The offline decision taken when the tap was recorded; nil while there was no tap.
    public var decision: OfflineDecision?
    public var createdAt: Timestamp
    public var updatedAt: Timestamp
    /// When the wait for a tap ends.
    public var expiresAt: Timestamp
    /// When the outcome went to a POS or to the payer's page.
    public var toldAt: Timestamp?
    /// The platform that this payment belongs to, for ever.
    public var platform: PlatformIdentity
    /// The order number at the platform: ``seq`` until a dead order was renewed.
    public var order: String
    /// How many times the order may have been sent.
    public var attempts: Int
    /// How many of those sends have no answer that settles what they did.
    public var unresolved: Int
    /// Whether a send was marked and its end not yet written: a POST may be under way.
    public var inFlight: Bool
    /// The last moment at which a POST without an answer may have left; nil when none did.
    public var sentAt: Timestamp?
    public var tradeID: String?
    /// What was really taken (vouchers can make it less than ``amount``).
    public var paidAmount: Money?
    /// The card's balance after the payment, as the platform said: shown, never reckoned with.
    public var balance: Money?
    /// How many changes of state it has had.
    public var revision: Int
    /// When it was created, by the clock that never jumps; nil when that was not recorded.
    public var createdBootTime: BootTime?
    /// Whether the wall clock was synchronised when it was created.
    public var clockWasSynchronised = false
    /// ``sentAt`` by the clock that never jumps.
    public var sentBootTime: BootTime?

    public init(
        id: Int64, seq: String, state: PaymentState, reason: Reason? = nil, amount: Money,
        title: String, reference: String? = nil, card: CardNumber? = nil, offline: Bool = false,
        decision: OfflineDecision? = nil, createdAt: Timestamp, updatedAt: Timestamp,
        expiresAt: Timestamp, toldAt: Timestamp? = nil, platform: PlatformIdentity, order: String,
        attempts: Int = 0, unresolved: Int = 0, inFlight: Bool = false, sentAt: Timestamp? = nil,
        tradeID: String? = nil, paidAmount: Money? = nil, balance: Money? = nil, revision: Int = 1
    ) {
        self.id = id
        self.seq = seq
        self.state = state
        self.reason = reason
        self.amount = amount
        self.title = title
        self.reference = reference
        self.card = card
        self.offline = offline
        self.decision = decision
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.expiresAt = expiresAt
        self.toldAt = toldAt
        self.platform = platform
        self.order = order
        self.attempts = attempts
        self.unresolved = unresolved
        self.inFlight = inFlight
        self.sentAt = sentAt
        self.tradeID = tradeID
        self.paidAmount = paidAmount
        self.balance = balance
        self.revision = revision
    }
}

extension Payment {
    /// When it was created, by both clocks.
    public var created: Moment {
        Moment(
            wall: createdAt, bootTime: createdBootTime, isSynchronised: clockWasSynchronised)
    }

    /// When a POST without an answer may last have left, by both clocks; nil when none did.
    public var sent: Moment? {
        sentAt.map {
            Moment(wall: $0, bootTime: sentBootTime, isSynchronised: clockWasSynchronised)
        }
    }
}

/// Which platform, and as whom: test payments must never reach real cards.
public struct PlatformIdentity: Hashable, Sendable {
    /// Host and port of the platform, for example `pass.sovell.com`.
    public let host: String
    public let clientID: String

    public init(host: String, clientID: String) {
        self.host = host
        self.clientID = clientID
    }
}
