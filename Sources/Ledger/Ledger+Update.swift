internal import GRDB
public import TerminalCore

extension Ledger {
    /// Decides about payment `seq` on its row as it is now, and writes what was decided.
    ///
    /// `decide` is pure and runs inside the transaction; nil changes nothing. Returns the payment
    /// as it stands afterwards, committed and synced.
    public func update(
        _ seq: String, now: Timestamp, decide: (Payment) -> PaymentUpdate?
    ) throws(LedgerError) -> Payment {
        try change { db in
            guard let payment = try PaymentRow.fetchOne(db, cards, seq: seq) else {
                throw LedgerError.notFound
            }
            guard let wanted = decide(payment) else { return Written(payment: payment) }
            let update = try self.held(wanted, of: payment, now: now, db)
            let (next, line) = try self.apply(update, to: payment, now: now, db)
            return Written(payment: next, from: payment.state, change: line)
        }
    }

    /// Marks that a POST of `seq` is about to leave. Nil when the payment must not be sent any
    /// more.
    ///
    /// The condition is part of the statement's transaction: no POST starts once the row is
    /// `reversing`.
    public func markSend(_ seq: String, now: Timestamp) throws(LedgerError) -> Payment? {
        let payment = try update(seq, now: now, decide: \.sendMark)
        return payment.mayBeSent ? payment : nil
    }

    /// Notes that the outcome of `seq` went to a POS or to the payer's page. The first time counts.
    public func told(_ seq: String, now: Timestamp) throws(LedgerError) {
        try write { db in
            let execution = try Execution(
                "UPDATE payments SET told_at = ? WHERE seq = ? AND told_at IS NULL", db,
                binding: now.milliseconds, seq)
            try execution.run()
        }
    }

    func apply(
        _ update: PaymentUpdate, to payment: Payment, now: Timestamp, _ db: Database
    ) throws -> (Payment, Int64?) {
        let fresh = update.renewsOrder ? try Marks.nextSeq(sequence, now: now, db) : payment.order
        let next = payment.applying(
            update, at: now, bootTime: bootTime, freshOrder: fresh)
        try PaymentRow.update(next, over: payment, cards, db)
        if let news = update.card, let card = payment.card {
            try LostCards.note(news, cards.stored(card), now: now, db)
        }
        guard payment.isRecorded(update) else { return (next, nil) }
        let change = try HistoryRow.insert(
            next, from: payment.state, by: update.by, note: update.note, audit, db)
        return (next, change)
    }

    /// Brings what a stop left behind into a state that can go on, before anything else.
    ///
    /// What waited for a tap is cancelled; what was pending and surely never sent is refused; what
    /// may have been sent is reversed, since its payer was never told. When the disk does not take
    /// it this throws; called again, it goes on with what was left behind, and leaves alone what
    /// was begun since.
    public func recover(now: Timestamp) throws(LedgerError) -> Recovery {
        var recovery = Recovery()
        var rest = try leftBehind()
        // A send mark is ended by the engine too, which may be at work by the next call.
        defer { leftOpen = rest.isEmpty ? nil : rest.filter { !$0.state.isDecided } }
        while let payment = rest.first {
            _ = try update(payment.seq, now: now) { current in
                current.state == payment.state ? current.recovered : nil
            }
            recovery.count(payment)
            rest.removeFirst()
        }
        return recovery
    }

    private func leftBehind() throws(LedgerError) -> [Payment] {
        if let leftOpen { return leftOpen }
        return try readNow { db in
            try PaymentRow.fetch(
                db, cards, where: "id <= ? AND state IN ('awaiting_card', 'pending')", [lastFound])
                + PaymentRow.fetch(
                    db, cards,
                    where: "id <= ? AND state IN ('accepted', 'reversing') AND in_flight = 1",
                    [lastFound])
        }
    }
}

/// What a restart found.
public struct Recovery: Hashable, Sendable {
    /// Payments that waited for a tap.
    public var cancelled = 0
    /// Payments whose payer was never told.
    public var interrupted = 0
    /// Deliveries whose POST may have been under way.
    public var inFlight = 0

    mutating func count(_ payment: Payment) {
        switch payment.state {
        case .awaitingCard: cancelled += 1
        case .pending: interrupted += 1
        default: inFlight += 1
        }
    }
}

extension Payment {
    /// What a restart does to a payment that was left open.
    var recovered: PaymentUpdate {
        let end: SendNote? = inFlight ? .ended : nil
        switch state {
        case .awaitingCard: return PaymentUpdate(.cancelled, reason: .interrupted)
        case .pending where mayBeCharged:
            return PaymentUpdate(.reversing, reason: .interrupted, send: end)
        case .pending: return PaymentUpdate(.refused, reason: .interrupted)
        default: return PaymentUpdate(send: end)
        }
    }
}
