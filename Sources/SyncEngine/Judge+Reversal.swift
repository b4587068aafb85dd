internal import TerminalCore

/// A payment that was declined, or undone.
extension Judge {
    /// The POST of a payment that left `pending` and `accepted` while it was under way has ended.
    func withdrawnDelivered(_ payment: Payment, _ answer: PlatformAnswer) -> Verdict {
        switch answer {
        case .charged(let trade), .overcharged(let trade):
            var update = charged(payment, trade) ?? PaymentUpdate(trade: trade)
            update.send = .answered
            let isReversing = (update.state ?? payment.state) == .reversing
            return Verdict(update, isReversing ? .reverse : .done)
        case .refused, .dead, .collision: return undone(payment, send: .answered)
        case .cardLost, .cardRefused, .notSent: return undone(payment, send: .neverLeft)
        case .conflict where payment.state == .reversing:
            return Verdict(
                PaymentUpdate(.reversed, reason: .platformConflict, send: .answered), .done)
        default: return Verdict(PaymentUpdate(send: .ended), reverseIfDue(payment))
        }
    }

    /// After the GET that comes before the first DELETE: it tells whose order it is.
    ///
    /// A DELETE would refund whoever paid under this number, a cloned terminal's payer too. So one
    /// for an order that is not there is none either: who pays next need not be ours.
    func reversingAsked(_ payment: Payment, _ answer: PlatformAnswer, now: Moment) -> Verdict {
        switch answer {
        case .charged(let trade), .overcharged(let trade):
            return Verdict(PaymentUpdate(trade: trade), .reverse)
        case .absent: return reversingAbsent(payment, now: now)
        case .processing: return Verdict(nil, .reverse)
        case .dead: return Verdict(PaymentUpdate(.reversed), .done)
        case .conflict, .collision:
            return Verdict(PaymentUpdate(.reversed, reason: .platformConflict), .done)
        case .later(let after, _): return Verdict(nil, .retry(after: after))
        case .notSent(let trouble): return Verdict(nil, .retry(after: trouble.patience))
        case .refused, .cardRefused, .cardLost, .unknown: return Verdict(nil, .retry())
        }
    }

    /// After a DELETE.
    func reversed(_ payment: Payment, _ answer: PlatformAnswer, now: Moment) -> Verdict {
        guard payment.state == .reversing else { return Verdict(nil, .done) }
        switch answer {
        case .dead: return Verdict(PaymentUpdate(.reversed), .done)
        case .absent: return reversingAbsent(payment, now: now)
        case .later(let after, _), .notSent(.platform(let after)):
            return Verdict(nil, .retry(after: after))
        default: return Verdict(nil, .retry())
        }
    }

    /// A 404 proves nothing while a POST may be under way, nothing about an order that was paid,
    /// and nothing once the platform may have forgotten: then an operator looks at it.
    func reversingAbsent(_ payment: Payment, now: Moment) -> Verdict {
        if payment.isKnownPaid { return forgotten(payment) }
        guard payment.unresolved > 0 else { return Verdict(PaymentUpdate(.reversed), .done) }
        if waitsForClock(payment, now) { return Verdict(nil, .retry()) }
        if mayBeForgotten(payment, now) { return forgotten(payment) }
        let wait = rules.lateArrival - sentAge(payment, now).atLeast
        if wait <= .zero { return Verdict(PaymentUpdate(.reversed), .done) }
        return Verdict(nil, .retry(after: min(wait, rules.retryMax)))
    }

    private func forgotten(_ payment: Payment) -> Verdict {
        let isNoted = payment.reason == .platformForgot
        return Verdict(isNoted ? nil : PaymentUpdate(reason: .platformForgot), .retry())
    }

    /// Only what is reversing is undone; anything else may have been settled meanwhile.
    func reverseIfDue(_ payment: Payment) -> Verdict.Next {
        payment.state == .reversing ? .reverse : .done
    }

    /// What surely charged nothing needs no DELETE, unless an earlier POST may still charge.
    private func undone(_ payment: Payment, send: SendNote) -> Verdict {
        guard payment.state == .reversing, payment.unresolved <= 1 else {
            return Verdict(PaymentUpdate(send: send), reverseIfDue(payment))
        }
        return Verdict(PaymentUpdate(.reversed, send: send), .done)
    }
}

/// A charge that the platform tells of, whatever became of the payment meanwhile.
extension Judge {
    /// The legal change that brings our side in line with a charge; nil when there is none.
    ///
    /// Who was told "no" gets the money back; who was told "yes" has paid.
    func charged(_ payment: Payment, _ trade: Trade) -> PaymentUpdate? {
        switch payment.state {
        case .refused, .reversed: PaymentUpdate(.reversing, trade: trade)
        case .pending, .accepted, .held, .rejected, .writtenOff:
            PaymentUpdate(.settled, reason: .some(nil), trade: trade)
        case .awaitingCard, .cancelled, .settled, .reversing: nil
        }
    }
}
