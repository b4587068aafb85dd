internal import Ledger
internal import TerminalCore

/// Where a pass over the backlog stands.
struct Cursor {
    /// How many rows are read at once.
    static let pageSize = 64

    private(set) var pass = 0
    var page: ArraySlice<Payment> = []
    var after: Int64 = 0
    /// Cards with something that was passed over: what they owe later must not overtake it.
    var passedOver: Set<CardNumber> = []
    /// Whether this pass was begun by an earlier call.
    var isUnderWay: Bool { after > 0 }

    /// `payment` is the next one again.
    mutating func putBack(_ payment: Payment) { page = [payment] + page }

    /// The next pass begins, with what this one passed over.
    mutating func beginAnew() { self = Cursor(pass: pass + 1) }
}

extension SyncEngine {
    /// The next payment to work off: oldest first, one at a time for each card, without those that
    /// back off.
    func nextOwed() async -> Payment? {
        let wasUnderWay = cursor.isUnderWay
        if let payment = await nextInThisPass() { return payment }
        // What was passed over early in a pass may be free by its end.
        return wasUnderWay ? await nextInThisPass() : nil
    }

    private func nextInThisPass() async -> Payment? {
        let now = clock.uptime()
        while let payment = await nextRow() {
            if inHand[payment.seq] != nil || workedOn.contains(payment.seq) { continue }
            if let card = payment.card, isBusy(card) {
                cursor.passedOver.insert(card)
                continue
            }
            if let backoff = backoffs[payment.seq], backoff.dueAt > now { continue }
            if refusalsHoldBack(payment) { continue }
            return payment
        }
        return nil
    }

    /// Refusals in a row have stopped the drain: no approved payment is begun, or let to the
    /// platform where it waits for its place, until an operator lets the drain go on or some
    /// payment is charged, which says that the key is right.
    func refusalsHoldBack(_ payment: Payment) -> Bool {
        payment.state == .accepted && refusals.isTripped
    }

    private func isBusy(_ card: CardNumber) -> Bool {
        cardsInHand[card] != nil || cursor.passedOver.contains(card)
    }

    /// The next row of this pass; nil at its end, after which the next call begins anew.
    private func nextRow() async -> Payment? {
        if let payment = cursor.page.popFirst() { return payment }
        workedOn = []
        let pass = cursor.pass
        let page = try? await ledger.owed(after: cursor.after, limit: Cursor.pageSize)
        // Somebody may have begun anew while the rows were read: they are not that pass's first.
        guard cursor.pass == pass else { return await nextRow() }
        guard let page, let last = page.last else {
            cursor.beginAnew()
            return nil
        }
        cursor.page = page[...]
        cursor.after = last.id
        return cursor.page.popFirst()
    }

    /// Each start would else let a wrong key reject two more payments. The one refusal that is
    /// missing for the stop must still come: by now the key may be right.
    func recallRefusals() async {
        let cards = try? await ledger.refusedInARow(limit: RefusalGuard.cardsMax - 1)
        refusals.recall(cards ?? [])
    }

    func take(_ payment: Payment) {
        inHand[payment.seq, default: 0] += 1
        if let card = payment.card { cardsInHand[card, default: 0] += 1 }
    }

    /// The platform has taken the order of `seq`, or its send is being marked, or the work on it is
    /// over: its place is another's. What was withdrawn meanwhile is undone without one. False when
    /// `seq` had none: a payer who waits needs none.
    ///
    /// Where there were free places nothing waits for this one.
    @discardableResult
    func leavePlatform(_ seq: String) -> Bool {
        let wasFull = !hasPlace
        guard atPlatform.leave(seq) else { return false }
        if wasFull, hasPlace { wake() }
        return true
    }

    /// Waits for a place for the POST of `seq`, which has none now.
    func enterPlatform(_ seq: String) async {
        await withCheckedContinuation { enter in
            atPlatform.enter(seq, limit: rules.concurrency, enter: enter)
        }
    }

    func release(_ payment: Payment) {
        troubles[payment.seq] = nil
        if let card = payment.card, let count = cardsInHand[card] {
            cardsInHand[card] = count > 1 ? count - 1 : nil
        }
        letGo(of: payment.seq)
    }

    /// Takes `seq` for who only looks or decides; false when somebody works on it already.
    ///
    /// A payer's delivery asks nobody and may come to be beside it.
    func claim(_ seq: String) -> Bool {
        guard inHand[seq] == nil else { return false }
        inHand[seq] = 1
        return true
    }

    /// Ends what ``claim(_:)`` began. Who is beside it keeps the payment.
    func letGo(of seq: String) {
        if let count = inHand[seq] { inHand[seq] = count > 1 ? count - 1 : nil }
        workedOn.insert(seq)
        wake()
    }

    /// Brings one owed payment as far as it goes now.
    func work(off payment: Payment) async {
        let isOurs = payment.platform == identity
        guard isOurs || payment.state == .reversing && payment.wasNeverSent else {
            return await hold(payment)
        }
        guard let payment = await withSendEnded(payment) else {
            return backOff(payment.seq, patience: nil)
        }
        let first: Verdict.Next =
            switch payment.state {
            case .reversing: .reverse
            case _ where payment.attempts > 0: .ask()
            default: .deliver
            }
        await drive(payment, from: first)
    }

    /// A mark that is still open belongs to a POST whose end could not be written: nobody else
    /// works on this payment, so it has ended. Nil when it cannot be written now either.
    private func withSendEnded(_ payment: Payment) async -> Payment? {
        guard payment.inFlight else { return payment }
        return try? await ledger.update(payment.seq, now: clock.now()) { payment in
            payment.inFlight ? PaymentUpdate(send: .ended) : nil
        }
    }

    /// Another platform is configured now: test payments must never reach real cards.
    private func hold(_ payment: Payment) async {
        if payment.state != .accepted { backOff(payment.seq, patience: nil) }
        _ = try? await ledger.update(payment.seq, now: clock.now()) { payment in
            switch payment.state {
            case .accepted: PaymentUpdate(.held, reason: .platformChanged)
            // Undone once its own platform is configured again; until then it says why not.
            case .reversing where payment.reason != .platformChanged:
                PaymentUpdate(reason: .platformChanged)
            default: nil
            }
        }
    }

    func backOff(_ seq: String, patience: Duration?) {
        backoffs[seq, default: Backoff()].failed(
            at: clock.uptime(), rules: rules, patience: patience, random: random)
        backoffs[seq]?.trouble = troubles[seq]
    }
}
