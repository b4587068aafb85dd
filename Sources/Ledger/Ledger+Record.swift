internal import GRDB
public import TerminalCore

/// What a POS asks for, or what a tap pays in fixed mode.
public struct PaymentDraft: Hashable, Sendable {
    public var amount: Money
    public var title: String
    public var reference: String?
    /// How long it waits for a tap.
    public var expiresIn: Duration

    public init(amount: Money, title: String, reference: String? = nil, expiresIn: Duration) {
        precondition(amount.isPayable)
        self.amount = amount
        self.title = title
        self.reference = reference
        self.expiresIn = expiresIn
    }
}

/// The rules that a tap is recorded under.
public struct TapRules: Hashable, Sendable {
    public var policy: OfflinePolicy
    /// False while the platform is known to be down: the outcome is then decided at once.
    public var platformIsUp: Bool
    /// How often a card may pay since ``periodStart``; 0 = without limit.
    public var perPeriod: Int
    public var periodStart: Timestamp?

    public init(
        policy: OfflinePolicy, platformIsUp: Bool, perPeriod: Int = 0,
        periodStart: Timestamp? = nil
    ) {
        self.policy = policy
        self.platformIsUp = platformIsUp
        self.perPeriod = perPeriod
        self.periodStart = periodStart
    }
}

extension Ledger {
    /// Whether a request made a new payment or found the one with its reference.
    public enum Opened: Hashable, Sendable {
        case created(Payment)
        case existing(Payment)
    }

    /// The payment that already has the draft's reference; nil when a new one is to be made.
    ///
    /// Throws ``LedgerError/referenceConflict(_:)`` for another amount or while it is reversing.
    public func existing(_ draft: PaymentDraft) throws(LedgerError) -> Payment? {
        try readNow { db in try self.existing(draft, db) }
    }

    /// Writes a payment that waits for a tap, or finds the one with the same reference.
    public func open(_ draft: PaymentDraft, now: Timestamp) throws(LedgerError) -> Opened {
        let opened = try write(.begins) { db -> (Opened, Int64?) in
            if let known = try self.existing(draft, db) { return (.existing(known), nil) }
            let payment = try PaymentRow.insert(
                self.make(draft, at: self.moment(now), db), self.cards, db)
            let change = try HistoryRow.insert(
                payment, from: nil, by: "pos", note: nil, self.audit, db)
            return (.created(payment), change)
        }
        if case (.created(let payment), let change?) = opened { publish(payment, change) }
        return opened.0
    }

    /// Records the tap of `card` for the waiting payment `seq`.
    ///
    /// One transaction reads the facts, decides, and writes the payment as pending with its
    /// decision and its first send mark, or as decided when nothing needs to be asked.
    public func recordTap(
        _ seq: String, card: CardNumber, rules: TapRules, now: Timestamp
    ) throws(LedgerError) -> Payment {
        try recordTap(card: card, rules: rules, now: now) { _, db in try self.waiting(seq, db) }
    }

    /// Records a tap that is a payment of its own, in fixed mode.
    public func recordTap(
        _ draft: PaymentDraft, card: CardNumber, rules: TapRules, now: Timestamp
    ) throws(LedgerError) -> Payment {
        guard mirror?.isRequired == true else {
            return try recordTap(card: card, rules: rules, now: now) { moment, db in
                try self.make(draft, at: moment, db)
            }
        }
        return try recordTapOfKnown(draft, card: card, rules: rules, now: now)
    }

    /// A required mirror holds an approval before its commit. A power cut between the two must not
    /// leave it a payment that this ledger never heard of, so the row comes first.
    private func recordTapOfKnown(
        _ draft: PaymentDraft, card: CardNumber, rules: TapRules, now: Timestamp
    ) throws(LedgerError) -> Payment {
        guard case .created(let waiting) = try open(draft, now: now) else {
            throw LedgerError.notFound
        }
        do throws(LedgerError) {
            return try recordTap(waiting.seq, card: card, rules: rules, now: now)
        } catch {
            abandoned[waiting.seq] = error.trouble == nil ? .cancelled : .storageFailed
            try? closeAbandoned(now: now)
            throw error
        }
    }

    /// Cancels what taps left waiting that failed, as far as their own moment did not take it. To
    /// be called again until it does not throw.
    public func closeAbandoned(now: Timestamp) throws(LedgerError) {
        for (seq, reason) in abandoned {
            _ = try update(seq, now: now) { payment in
                payment.state == .awaitingCard ? PaymentUpdate(.cancelled, reason: reason) : nil
            }
            abandoned[seq] = nil
        }
    }

    private func recordTap(
        card: CardNumber, rules: TapRules, now: Timestamp,
        payment source: (Moment, Database) throws -> Payment
    ) throws(LedgerError) -> Payment {
        let stored = cards.stored(card)
        return try change(.begins) { db in
            guard try !Facts.cardIsPaying(stored, db) else { throw LedgerError.cardIsPaying }
            let moment = self.moment(now)
            let waiting = try source(moment, db)
            let facts = try Facts.read(
                stored, now: moment, policy: rules.policy, db
            ) { try self.exposure.total { try Facts.totalExposure(db) } }
            let local = try Facts.localRefusal(
                stored, isLost: facts.cardIsLost, rules: rules, db)
            let tapped = waiting.tapped(
                by: card, decision: self.decide(waiting.amount, facts, rules.policy),
                refusal: local, platformIsUp: rules.platformIsUp, now: now)
            let (payment, line) = try self.store(
                self.held(tapped, over: waiting, db), over: waiting, db)
            return Written(payment: payment, from: .awaitingCard, change: line)
        }
    }

    /// Nothing is approved offline that a required mirror could not keep.
    private func decide(
        _ amount: Money, _ facts: PolicyFacts, _ policy: OfflinePolicy
    ) -> OfflineDecision {
        let decision = policy.decide(amount, facts: facts)
        guard decision == .approve, mirror?.refusesOffline == true else { return decision }
        return .refuse(.storageFailed)
    }

    /// Records that somebody pays the waiting payment `seq` with a code, which is not written down.
    ///
    /// A code needs the platform: while that is known to be down the payment is refused at once.
    public func recordCode(
        _ seq: String, platformIsUp: Bool, now: Timestamp
    ) throws(LedgerError) -> Payment {
        try recordCode(platformIsUp: platformIsUp, now: now) { db in try self.waiting(seq, db) }
    }

    /// Records a code that is a payment of its own, in fixed mode.
    public func recordCode(
        _ draft: PaymentDraft, platformIsUp: Bool, now: Timestamp
    ) throws(LedgerError) -> Payment {
        try recordCode(platformIsUp: platformIsUp, now: now) { db in
            try self.make(draft, at: self.moment(now), db)
        }
    }

    private func recordCode(
        platformIsUp: Bool, now: Timestamp, payment source: (Database) throws -> Payment
    ) throws(LedgerError) -> Payment {
        try change(.begins) { db in
            let waiting = try source(db)
            let given = waiting.tapped(
                by: nil, decision: .refuse(.codeNeedsPlatform), refusal: nil,
                platformIsUp: platformIsUp, now: now)
            let (payment, line) = try self.store(given, over: waiting, db)
            return Written(payment: payment, from: .awaitingCard, change: line)
        }
    }

    private func waiting(_ seq: String, _ db: Database) throws -> Payment {
        guard let payment = try PaymentRow.fetchOne(db, cards, seq: seq) else {
            throw LedgerError.notFound
        }
        guard payment.state == .awaitingCard else {
            throw LedgerError.wrongState(payment.state.rawValue)
        }
        return payment
    }

    /// Writes a tapped payment: over its waiting row, or as a new one.
    private func store(
        _ tapped: Payment, over waiting: Payment, _ db: Database
    ) throws -> (Payment, Int64) {
        var payment = tapped
        if waiting.id == 0 {
            payment = try PaymentRow.insert(tapped, cards, db)
        } else {
            payment.revision += 1
            try PaymentRow.update(payment, over: waiting, cards, db)
        }
        let from = waiting.id == 0 ? nil : waiting.state
        let change = try HistoryRow.insert(
            payment, from: from, by: "agent", note: nil, audit, db)
        return (payment, change)
    }

    /// A payment that is not yet a row (its id is 0), under a fresh order number.
    private func make(_ draft: PaymentDraft, at moment: Moment, _ db: Database) throws -> Payment {
        let seq = try Marks.nextSeq(sequence, now: moment.wall, db)
        var payment = Payment(
            id: 0, seq: seq, state: .awaitingCard, amount: draft.amount, title: draft.title,
            reference: draft.reference, createdAt: moment.wall, updatedAt: moment.wall,
            expiresAt: moment.wall + draft.expiresIn, platform: platform, order: seq)
        payment.createdBootTime = moment.bootTime
        payment.clockWasSynchronised = moment.isSynchronised
        return payment
    }

    /// After `refused`, `cancelled` or `reversed` the same reference starts a new payment.
    private func existing(_ draft: PaymentDraft, _ db: Database) throws -> Payment? {
        guard let reference = draft.reference else { return nil }
        let condition = """
            reference = ? AND state NOT IN ('refused', 'cancelled', 'reversed')
            ORDER BY id DESC LIMIT 1
            """
        guard let known = try PaymentRow.fetch(db, cards, where: condition, [reference]).first
        else {
            return nil
        }
        guard known.amount == draft.amount, known.state != .reversing else {
            throw LedgerError.referenceConflict(known.seq)
        }
        return known
    }
}

extension Payment {
    /// This payment after its tap: refused by a local rule, decided offline at once, or pending
    /// with its first send mark. Who pays with a code has no card.
    func tapped(
        by card: CardNumber?, decision: OfflineDecision, refusal: Reason?, platformIsUp: Bool,
        now: Timestamp
    ) -> Payment {
        var next = self
        next.card = card
        next.decision = refusal.map { .refuse($0) } ?? decision
        next.updatedAt = now
        switch (refusal, platformIsUp, decision) {
        case (let refusal?, _, _): (next.state, next.reason) = (.refused, refusal)
        case (nil, true, _):
            next.state = .pending
            (next.attempts, next.unresolved, next.inFlight) = (1, 1, true)
        case (nil, false, .approve):
            (next.state, next.reason, next.offline) = (.accepted, .platformUnreachable, true)
        case (nil, false, .refuse(let reason)): (next.state, next.reason) = (.refused, reason)
        }
        return next
    }
}
