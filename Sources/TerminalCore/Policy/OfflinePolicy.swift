/// The limits of approving without the platform, as configured. Pure: it only decides.
public struct OfflinePolicy: Hashable, Sendable {
    public var enabled: Bool
    /// The largest single payment.
    public var paymentLimit: Money
    /// The most that one card may have unforwarded, this payment included.
    public var cardLimit: Money
    /// The most that the terminal may have unforwarded, this payment included.
    public var totalLimit: Money
    /// No more once the oldest unforwarded payment is this old.
    public var maxAge: Duration
    /// Only cards that were seen online within this time; nil admits every card.
    public var knownCardAge: Duration?
    /// None once the imported lost list is older than this; nil admits any age.
    public var lostListMaxAge: Duration?

    public init(
        enabled: Bool = true, paymentLimit: Money = Money(fen: 5_000),
        cardLimit: Money = Money(fen: 10_000), totalLimit: Money = Money(fen: 500_000),
        maxAge: Duration = .seconds(72 * 3_600), knownCardAge: Duration? = nil,
        lostListMaxAge: Duration? = nil
    ) {
        self.enabled = enabled
        self.paymentLimit = paymentLimit
        self.cardLimit = cardLimit
        self.totalLimit = totalLimit
        self.maxAge = maxAge
        self.knownCardAge = knownCardAge
        self.lostListMaxAge = lostListMaxAge
    }

    /// Whether a payment of `amount` may be approved offline, given `facts` of the same
    /// transaction.
    public func decide(_ amount: Money, facts: PolicyFacts) -> OfflineDecision {
        if facts.cardIsLost { return .refuse(.cardLost) }
        guard enabled else { return .refuse(.offlineDisabled) }
        if amount > paymentLimit { return .refuse(.offlinePaymentLimit) }
        if facts.cardExposure + amount > cardLimit { return .refuse(.offlineCardLimit) }
        if facts.totalExposure + amount > totalLimit { return .refuse(.offlineTotalLimit) }
        if let age = facts.oldestAge, age >= maxAge { return .refuse(.offlineTooOld) }
        if let limit = knownCardAge, !(facts.seenOnlineAge.map { $0 <= limit } ?? false) {
            return .refuse(.offlineCardUnknown)
        }
        if let limit = lostListMaxAge, !(facts.lostListAge.map { $0 <= limit } ?? false) {
            return .refuse(.offlineListTooOld)
        }
        return .approve
    }
}

/// What the ledger knows about a card and the terminal at the moment of a tap.
public struct PolicyFacts: Hashable, Sendable {
    /// On the local list, whatever the source.
    public var cardIsLost: Bool
    /// This card's unforwarded fen.
    public var cardExposure: Money
    /// The terminal's unforwarded fen.
    public var totalExposure: Money
    /// The age of the oldest unforwarded payment; nil when there is none.
    public var oldestAge: Duration?
    /// How long ago the platform last vouched for this card; nil when it never did.
    public var seenOnlineAge: Duration?
    /// How old the imported lost list is; nil when none was imported.
    public var lostListAge: Duration?

    public init(
        cardIsLost: Bool = false, cardExposure: Money = .zero, totalExposure: Money = .zero,
        oldestAge: Duration? = nil, seenOnlineAge: Duration? = nil, lostListAge: Duration? = nil
    ) {
        self.cardIsLost = cardIsLost
        self.cardExposure = cardExposure
        self.totalExposure = totalExposure
        self.oldestAge = oldestAge
        self.seenOnlineAge = seenOnlineAge
        self.lostListAge = lostListAge
    }
}

/// The answer that stands when the platform cannot be asked in time.
public enum OfflineDecision: Hashable, Sendable {
    case approve
    case refuse(Reason)
}
