/// What one transaction changes about a payment. Decided purely, written by the ledger.
public struct PaymentUpdate: Hashable, Sendable {
    /// The new state; nil keeps the present one.
    public var state: PaymentState?
    /// The new reason; nil keeps the present one, `.some(nil)` clears it.
    public var reason: Reason??
    /// Set when the approval did not come from the platform.
    public var offline: Bool?
    public var trade: Trade?
    /// What is known now about the send that was marked before.
    public var send: SendNote?
    /// Whether the payment goes on under a fresh order number (the old one is proven useless).
    public var renewsOrder: Bool
    /// What the platform said about the card.
    public var card: CardNews?
    /// Who decided: `agent`, `pos`, or an operator's name.
    public var by: String
    public var note: String?

    public init(
        _ state: PaymentState? = nil, reason: Reason?? = nil, offline: Bool? = nil,
        trade: Trade? = nil, send: SendNote? = nil, renewsOrder: Bool = false,
        card: CardNews? = nil, by: String = "agent", note: String? = nil
    ) {
        self.state = state
        self.reason = reason
        self.offline = offline
        self.trade = trade
        self.send = send
        self.renewsOrder = renewsOrder
        self.card = card
        self.by = by
        self.note = note
    }
}

/// The life of one POST of an order, as the ledger keeps it.
public enum SendNote: Hashable, Sendable {
    /// A POST is about to leave: committed before its first byte.
    case begins
    /// Surely no byte left: the mark is taken back.
    case neverLeft
    /// The platform's answer settles what this POST did.
    case answered
    /// It ended without an answer; until now it could have left.
    case ended
    /// An operator's word, when the platform may have forgotten: no POST until now can charge.
    case lapsed
}

/// What the platform said about a card.
public enum CardNews: Hashable, Sendable {
    /// The card was exchanged and is normal.
    case vouched
    /// The card is reported lost.
    case lost
}

extension Payment {
    /// This payment after `update`, with `bootTime` beside `now` for its ages; `freshOrder` is used
    /// when the order is renewed.
    ///
    /// A change that the contract's table does not allow is a programmer's error.
    public func applying(
        _ update: PaymentUpdate, at now: Timestamp, bootTime: BootTime? = nil, freshOrder: String
    ) -> Payment {
        var next = self
        if let state = update.state, state != self.state {
            precondition(self.state.successors.contains(state), "\(self.state) -> \(state)")
            next.state = state
        }
        if let reason = update.reason { next.reason = reason }
        if let offline = update.offline { next.offline = offline }
        if let trade = update.trade { next.take(trade) }
        if let send = update.send { next.take(send, at: now, bootTime) }
        if update.renewsOrder { next.renewOrder(freshOrder) }
        if isRecorded(update) { next.revision += 1 }
        next.updatedAt = now
        return next
    }

    /// Whether `update` is written into the history: each change of state, and each new order.
    public func isRecorded(_ update: PaymentUpdate) -> Bool {
        update.renewsOrder || update.state.map { $0 != state } ?? false
    }

    /// Whether some POST of the order may yet turn out to have charged the card.
    public var mayBeCharged: Bool { inFlight || unresolved > 0 }

    /// Whether the platform surely never heard of the present order.
    public var wasNeverSent: Bool { attempts == 0 && !isKnownPaid }

    /// Whether the platform has said that the order was paid.
    public var isKnownPaid: Bool { tradeID != nil || paidAmount != nil }

    /// Whether it is or was paid with a code that is good once: nothing can be exchanged again, so
    /// its order is sent once, and is then only asked for or undone.
    public var isByCode: Bool {
        card == nil && state != .awaitingCard && state != .cancelled
    }

    /// Whether it was declined because nobody could say whose order stands under its number: what
    /// is charged there is undone by an operator's word only.
    public var isInDoubt: Bool {
        (state == .refused || state == .reversed) && reason == .platformConflict && !isKnownPaid
    }

    /// A paid order without an id of the platform's own goes by its order number, so that it stays
    /// known as paid.
    private mutating func take(_ trade: Trade) {
        tradeID = trade.id ?? tradeID ?? order
        paidAmount = trade.paid ?? paidAmount
        balance = trade.balance ?? balance
    }

    private mutating func take(_ send: SendNote, at now: Timestamp, _ bootTime: BootTime?) {
        switch send {
        case .begins:
            attempts += 1
            unresolved += 1
            inFlight = true
        case .neverLeft:
            attempts -= 1
            unresolved -= 1
            inFlight = false
        case .answered:
            unresolved -= 1
            inFlight = false
        case .ended:
            inFlight = false
            sentAt = now
            sentBootTime = bootTime
        case .lapsed:
            unresolved = 0
            inFlight = false
            sentAt = nil
            sentBootTime = nil
        }
    }

    private mutating func renewOrder(_ fresh: String) {
        order = fresh
        (tradeID, paidAmount, balance) = (nil, nil, nil)
        attempts = 0
        unresolved = 0
        inFlight = false
        sentAt = nil
        sentBootTime = nil
    }
}
