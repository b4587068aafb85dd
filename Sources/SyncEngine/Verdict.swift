internal import TerminalCore

/// What to do after an answer of the platform: what to write, and the next step.
struct Verdict: Hashable {
    /// Nil writes nothing.
    var update: PaymentUpdate?
    var next: Next

    enum Next: Hashable {
        /// The payment needs nothing more for now.
        case done
        /// Ask by order number; `refusal` is the "no" that is to be confirmed.
        case ask(refusal: Reason? = nil)
        /// Send the order (again), under its present number.
        case deliver
        /// Undo it.
        case reverse
        /// Try again later; nil leaves the moment to the backoff.
        case retry(after: Duration? = nil)
    }

    init(_ update: PaymentUpdate? = nil, _ next: Next) {
        self.update = update
        self.next = next
    }
}

/// Pure decisions about one payment, on its row as it is inside the transaction.
///
/// A payment may have left `pending` while its POST was under way, so every answer is judged by the
/// state that the row has now.
struct Judge {
    let rules: DeliveryRules
    /// The uptime at which this engine began.
    var startedAt = Duration.zero

    /// After the exchange and POST of `payment`, whose send mark is still set.
    func delivered(_ payment: Payment, _ delivery: Delivery) -> Verdict {
        var verdict =
            switch payment.state {
            case .pending: pendingDelivered(payment, delivery.answer)
            case .accepted: acceptedDelivered(payment, delivery.answer)
            default: withdrawnDelivered(payment, delivery.answer)
            }
        verdict.update?.card = delivery.card
        if let note = delivery.note { verdict.update?.note = note }
        return verdict
    }

    /// After a delivery of `payment` that ended before its send was marked: nothing was posted.
    ///
    /// What may still be sent is judged as if it had been marked, but there is no mark to take
    /// back. What was withdrawn meanwhile goes on from where it is now.
    func unsent(_ payment: Payment, _ delivery: Delivery) -> Verdict {
        guard payment.state == .pending || payment.state == .accepted else {
            return Verdict(
                delivery.card.map { PaymentUpdate(card: $0) }, reverseIfDue(payment))
        }
        let marked = payment.applying(
            PaymentUpdate(send: .begins), at: payment.updatedAt, freshOrder: payment.order)
        var verdict = delivered(marked, delivery)
        verdict.update?.send = nil
        if verdict.update == PaymentUpdate() { verdict.update = nil }
        return verdict
    }

    /// After a GET by order number. `refusal` is the "no" that led to it, if any.
    func asked(
        _ payment: Payment, _ answer: PlatformAnswer, refusal: Reason?, now: Moment
    ) -> Verdict {
        switch payment.state {
        case .pending: pendingAsked(payment, answer, refusal: refusal)
        case .accepted: acceptedAsked(payment, answer, refusal: refusal, now: now)
        case .reversing: reversingAsked(payment, answer, now: now)
        default: Verdict(nil, .done)
        }
    }
}

/// A payment whose payer waits.
extension Judge {
    private func pendingDelivered(_ payment: Payment, _ answer: PlatformAnswer) -> Verdict {
        switch answer {
        case .charged(let trade):
            return Verdict(
                PaymentUpdate(.settled, reason: .some(nil), trade: trade, send: .answered), .done)
        case .refused(let reason): return declined(payment, reason, send: .answered)
        case .dead: return declined(payment, .platformRefused, send: .answered)
        case .cardLost: return declined(payment, .cardLost, send: .neverLeft)
        case .cardRefused(let reason): return declined(payment, reason, send: .neverLeft)
        case .collision where payment.isByCode:
            return Verdict(PaymentUpdate(.refused, reason: .seqCollision, send: .answered), .done)
        case .collision: return Verdict(Self.renewal, .deliver)
        case .notSent(let trouble):
            return unanswered(payment, send: .neverLeft, patience: trouble.patience)
        case .later(let after, _): return unanswered(payment, send: .ended, patience: after)
        case .conflict:
            return Verdict(
                PaymentUpdate(.refused, reason: .platformConflict, send: .answered), .done)
        case .overcharged(let trade): return overcharged(trade, send: .answered)
        case .processing:
            return Verdict(PaymentUpdate(reason: .platformProcessing, send: .ended), .ask())
        case .unknown, .absent: return Verdict(PaymentUpdate(send: .ended), .ask())
        }
    }

    private func pendingAsked(
        _ payment: Payment, _ answer: PlatformAnswer, refusal: Reason?
    ) -> Verdict {
        switch answer {
        case .charged(let trade):
            return Verdict(PaymentUpdate(.settled, reason: .some(nil), trade: trade), .done)
        case .dead:
            return Verdict(PaymentUpdate(.refused, reason: refusal ?? .platformRefused), .done)
        case .conflict, .collision:
            return Verdict(PaymentUpdate(.refused, reason: .platformConflict), .done)
        case .overcharged(let trade): return overcharged(trade, send: nil)
        case .absent where !payment.isByCode && payment.attempts < Self.pendingSendsMax:
            return Verdict(nil, .deliver)
        case .processing: return Verdict(nil, .ask(refusal: refusal))
        case .later(let after, _), .notSent(.platform(let after)):
            return unanswered(payment, send: nil, patience: after)
        default: return unanswered(payment, send: nil, patience: nil)
        }
    }

    /// The order is ours and took a wrong sum; its payer was told nothing yet, so it is undone.
    private func overcharged(_ trade: Trade, send: SendNote?) -> Verdict {
        Verdict(
            PaymentUpdate(.reversing, reason: .platformConflict, trade: trade, send: send),
            .reverse)
    }

    /// How often an order is sent while its payer waits. A network that breaks each POST and
    /// answers each question would else be sent hundreds.
    private static let pendingSendsMax = 3

    /// A definite "no" counts only if no earlier POST of this order may still charge.
    private func declined(_ payment: Payment, _ reason: Reason, send: SendNote) -> Verdict {
        let earlier = payment.unresolved > 1
        return Verdict(
            PaymentUpdate(earlier ? .reversing : .refused, reason: reason, send: send),
            earlier ? .reverse : .done)
    }

    /// The platform cannot be asked now: the decision that the row carries stands at once.
    private func unanswered(
        _ payment: Payment, send: SendNote?, patience: Duration?
    ) -> Verdict {
        let rest = payment.unresolved - (send == .neverLeft ? 1 : 0)
        var update = payment.decided(mayBeCharged: rest > 0)
        update.send = send
        switch update.state {
        case .reversing: return Verdict(update, .reverse)
        case .accepted: return Verdict(update, .retry(after: patience))
        default: return Verdict(update, .done)
        }
    }

    /// The order number belongs to somebody else: never approved, never reversed.
    private static let renewal = PaymentUpdate(
        reason: .seqCollision, renewsOrder: true, note: "the order number was taken")
}

/// An approved payment that is owed to the platform.
extension Judge {
    private func acceptedDelivered(_ payment: Payment, _ answer: PlatformAnswer) -> Verdict {
        switch answer {
        case .charged(let trade):
            return Verdict(
                PaymentUpdate(.settled, reason: .some(nil), trade: trade, send: .answered), .done)
        case .refused(let reason):
            return Verdict(PaymentUpdate(send: .answered), .ask(refusal: reason))
        case .cardRefused(let reason):
            return Verdict(PaymentUpdate(send: .neverLeft), .ask(refusal: reason))
        case .dead:
            return Verdict(PaymentUpdate(send: .answered), .ask(refusal: .platformRefused))
        case .cardLost:
            return Verdict(PaymentUpdate(.held, reason: .cardLost, send: .neverLeft), .done)
        case .collision: return Verdict(Self.renewal, .deliver)
        case .conflict:
            return Verdict(
                PaymentUpdate(.held, reason: .platformConflict, send: .answered), .done)
        case .overcharged(let trade):
            return Verdict(
                PaymentUpdate(
                    .held, reason: .platformConflict, trade: trade, send: .answered), .done)
        case .processing:
            return Verdict(PaymentUpdate(reason: .platformProcessing, send: .ended), .retry())
        case .unknown, .absent: return Verdict(PaymentUpdate(send: .ended), .retry())
        case .later(let after, _): return Verdict(PaymentUpdate(send: .ended), .retry(after: after))
        case .notSent(let trouble):
            return Verdict(PaymentUpdate(send: .neverLeft), .retry(after: trouble.patience))
        }
    }

    private func acceptedAsked(
        _ payment: Payment, _ answer: PlatformAnswer, refusal: Reason?, now: Moment
    ) -> Verdict {
        switch answer {
        case .charged(let trade):
            return Verdict(PaymentUpdate(.settled, reason: .some(nil), trade: trade), .done)
        case .dead:
            return Verdict(PaymentUpdate(.rejected, reason: refusal ?? .platformRefused), .done)
        case .conflict, .collision:
            return Verdict(PaymentUpdate(.held, reason: .platformConflict), .done)
        case .overcharged(let trade):
            return Verdict(
                PaymentUpdate(.held, reason: .platformConflict, trade: trade), .done)
        case .absent: return acceptedAbsent(payment, refusal: refusal, now: now)
        case .processing:
            if sentAge(payment, now).atLeast >= rules.processingMax {
                return Verdict(PaymentUpdate(.held, reason: .platformProcessing), .done)
            }
            return Verdict(nil, .retry())
        case .later(let after, _): return Verdict(nil, .retry(after: after))
        case .notSent(let trouble): return Verdict(nil, .retry(after: trouble.patience))
        case .refused, .cardRefused, .cardLost, .unknown: return Verdict(nil, .retry())
        }
    }

    /// The order is not there: send it (again), unless the platform may have forgotten it, or the
    /// absence confirms a "no".
    private func acceptedAbsent(_ payment: Payment, refusal: Reason?, now: Moment) -> Verdict {
        guard let refusal else {
            if payment.unresolved > 0, waitsForClock(payment, now) {
                return Verdict(nil, .retry())
            }
            if payment.unresolved > 0, mayBeForgotten(payment, now) {
                return Verdict(PaymentUpdate(.held, reason: .platformForgot), .done)
            }
            return Verdict(nil, .deliver)
        }
        if payment.unresolved > 0, sentAge(payment, now).atLeast < rules.lateArrival {
            return Verdict(nil, .retry())
        }
        return Verdict(PaymentUpdate(.rejected, reason: refusal), .done)
    }

    /// The time since a POST without an answer could last have left. A wall clock that jumped
    /// makes it neither longer nor shorter than is known.
    ///
    /// What an older program or another terminal sent has no place on this machine's clock: it may
    /// have left until this engine began, and how long ago that is the wall clock alone can tell.
    func sentAge(_ payment: Payment, _ now: Moment) -> Age {
        let sent = payment.sent ?? payment.created
        var age = now.age(since: sent)
        if sent.bootTime == nil, let uptime = now.bootTime?.uptime {
            age.atLeast = max(.zero, uptime - startedAt)
        }
        return age
    }

    /// How long a machine gets after its start to have its clock set.
    private static let clockPatience = Duration.seconds(600)

    /// Whether the POST was of an earlier start of the machine and the clock is not set yet: nobody
    /// can say then whether the machine stood for a minute or for a year.
    func waitsForClock(_ payment: Payment, _ now: Moment) -> Bool {
        guard !now.isSynchronised, let here = now.bootTime, let sent = payment.sent?.bootTime,
            sent.boot != here.boot
        else { return false }
        return here.uptime - startedAt < Self.clockPatience
    }

    /// Whether the platform may have purged the order, so that a 404 proves nothing any more.
    func mayBeForgotten(_ payment: Payment, _ now: Moment) -> Bool {
        let age = sentAge(payment, now)
        return age.atMost ?? age.likely >= rules.orderMemory
    }
}

extension Trouble {
    /// How long the platform wants to be left alone.
    var patience: Duration? {
        if case .platform(let after) = self { after } else { nil }
    }
}
