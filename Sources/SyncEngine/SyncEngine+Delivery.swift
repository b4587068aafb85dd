internal import Instruments
internal import Ledger
internal import Synchronization
public import TerminalCore

extension SyncEngine {
    /// Brings a payment whose payer waits to its outcome; it was recorded with its first send mark.
    ///
    /// `code` pays a payment that has no card. Returns when it has left `pending`, by this delivery
    /// or by the deadline of the caller. What is still owed then is the backlog's.
    public func pay(_ payment: Payment, code: OneTimeCode? = nil) async {
        take(payment)
        await drive(payment, from: .deliver, isMarked: true, code: code)
        release(payment)
    }

    /// Takes one step after the other until the payment needs nothing more for now.
    func drive(
        _ payment: Payment, from first: Verdict.Next, isMarked: Bool = false,
        code: OneTimeCode? = nil
    ) async {
        var (seq, next, marked) = (payment.seq, first, isMarked)
        var current = payment
        var renewals = 0
        while true {
            let step: (Payment, Verdict.Next)?
            switch next {
            case .deliver:
                step = await deliver(current, isMarked: marked, code: code)
                marked = false
            case .ask(let refusal): step = await ask(current, refusal: refusal)
            case .reverse: step = await reverse(current)
            case .done:
                backoffs[seq] = nil
                return
            case .retry(let after): return backOff(seq, patience: after)
            }
            guard let step else { return backOff(seq, patience: nil) }
            if step.0.order != current.order { renewals += 1 }
            (current, next) = step
            seq = current.seq
            if renewals > 1 { next = .retry() }
        }
    }

    private func deliver(
        _ payment: Payment, isMarked: Bool, code: OneTimeCode?
    ) async -> (Payment, Verdict.Next)? {
        let mark = SendMark(isMarked ? .made : .absent)
        let started = clock.uptime()
        let delivery = await platform.deliver(
            payment, code: code, despiteLoss: { await self.isSubmittedDespiteLoss(payment) },
            clearance: { await self.cleared(payment, under: mark) })
        note(delivery.answer, of: payment)
        let end = mark.state
        guard end != .unwritable else { return nil }
        guard end != .refused else { return await reread(payment) }
        if delivery.answer != .notSent(.withdrawn) {
            figures.deliveries.record(clock.uptime() - started)
        }
        if case .charged = delivery.answer { leavePlatform(payment.seq) }
        return await write(payment) { [judge] in
            end == .made ? judge.delivered($0, delivery) : judge.unsent($0, delivery)
        }
    }

    private func ask(
        _ payment: Payment, refusal: Reason?
    ) async -> (Payment, Verdict.Next)? {
        let patience: Duration? = payment.state == .pending ? .seconds(2) : nil
        let answer = await platform.ask(payment, patience: patience)
        note(answer, of: payment)
        if payment.state == .pending, answer == .processing {
            try? await clock.sleep(for: .milliseconds(250))
        }
        let now = ledger.moment(clock.now())
        let wouldReject =
            judge.asked(payment, answer, refusal: refusal, now: now).update?.state == .rejected
        let mayReject = !wouldReject || admitsRefusal(of: payment)
        return await write(payment, mayReject: mayReject) { [judge] in
            judge.asked($0, answer, refusal: refusal, now: now)
        }
    }

    /// What was never sent needs no word to the platform, and a DELETE would refund whoever paid
    /// under this number: it follows a GET that tells whose order it is.
    private func reverse(_ payment: Payment) async -> (Payment, Verdict.Next)? {
        guard payment.state == .reversing else { return (payment, .done) }
        if payment.wasNeverSent {
            return await write(payment) { [judge, now = ledger.moment(clock.now())] in
                judge.reversed($0, .absent, now: now)
            }
        }
        guard !payment.isKnownPaid else { return await undo(payment) }
        guard let (asked, next) = await ask(payment, refusal: nil) else { return nil }
        return next == .reverse ? await undo(asked) : (asked, next)
    }

    private func undo(_ payment: Payment) async -> (Payment, Verdict.Next)? {
        let answer = await platform.reverse(payment)
        note(answer, of: payment)
        return await write(payment) { [judge, now = ledger.moment(clock.now())] in
            judge.reversed($0, answer, now: now)
        }
    }

    /// Judges on the row as it is in the transaction, writes the verdict, and returns the next
    /// step.
    ///
    /// Nil when the ledger cannot be written: nothing is lost, it is tried again.
    private func write(
        _ payment: Payment, mayReject: Bool = true,
        judge: @escaping @Sendable (Payment) -> Verdict
    ) async -> (Payment, Verdict.Next)? {
        let decide: @Sendable (Payment) -> Verdict = { row in
            let verdict = self.permitted(judge(row), on: row)
            return mayReject ? verdict : verdict.withoutRejection
        }
        let (seq, now) = (payment.seq, clock.now())
        // Who waits for an outcome waits for no other payment's row.
        let judged =
            if payment.state.isDecided {
                try? await ledger.judgeTogether(seq, now: now, decide)
            } else {
                try? await ledger.judge(seq, now: now, decide)
            }
        guard let (written, next) = judged else { return nil }
        if written.state == .settled { refusals.charged() }
        return (written, next)
    }

    /// A backlog of refusals stops the drain before it rejects them all.
    private func admitsRefusal(of payment: Payment) -> Bool {
        guard let card = payment.card else { return true }
        defer { announce() }
        return refusals.admits(refusalOf: card)
    }

    /// The row left the states that may be sent: go on from what it is now.
    private func reread(_ payment: Payment) async -> (Payment, Verdict.Next)? {
        guard let now = try? await ledger.payment(payment.seq) else { return nil }
        return (now, now.state == .reversing ? .reverse : .done)
    }
}

extension Ledger {
    /// Judges and writes in one transaction.
    fileprivate func judge(
        _ seq: String, now: Timestamp, _ judge: @Sendable (Payment) -> Verdict
    ) throws(LedgerError) -> (Payment, Verdict.Next) {
        var (next, approves) = (Verdict.Next.done, false)
        let payment = try update(seq, now: now) { payment in
            let verdict = judge(payment)
            (next, approves) = (verdict.next, verdict.update?.state == .accepted)
            return verdict.update
        }
        // A required mirror that failed made a "no" of it.
        if approves, payment.state != .accepted {
            next = payment.state == .reversing ? .reverse : .done
        }
        return (payment, next)
    }

    /// The same in a transaction that others may share, for a payment that is approved or declined.
    fileprivate nonisolated func judgeTogether(
        _ seq: String, now: Timestamp, _ judge: @escaping @Sendable (Payment) -> Verdict
    ) async throws(LedgerError) -> (Payment, Verdict.Next) {
        let judgement = Judgement()
        let payment = try await updateTogether(seq, now: now) { payment in
            let verdict = judge(payment)
            judgement.next.withLock { $0 = verdict.next }
            return verdict.update
        }
        return (payment, judgement.next.withLock { $0 })
    }
}

/// What was decided inside of a transaction.
private final class Judgement: Sendable {
    let next = Mutex(Verdict.Next.done)
}

extension Verdict {
    /// The same, but a rejection is not written: it is tried again later.
    fileprivate var withoutRejection: Verdict {
        update?.state == .rejected ? Verdict(nil, .retry()) : self
    }
}
