public import TerminalCore

/// Why payments wait, as far as the engine knows.
extension SyncEngine {
    /// The cause of each of `payments` that is not at its end, by its seq.
    public func waitingCauses(of payments: [Payment]) -> [String: WaitingCause] {
        var causes: [String: WaitingCause] = [:]
        for payment in payments { causes[payment.seq] = cause(of: payment) }
        return causes
    }

    private func cause(of payment: Payment) -> WaitingCause? {
        switch payment.state {
        case .awaitingCard: WaitingCause(.payer)
        case .pending: WaitingCause(.answer)
        case .held, .rejected: WaitingCause(.decision)
        case .accepted, .reversing: causeOfOwed(payment)
        case .cancelled, .settled, .refused, .reversed, .writtenOff: nil
        }
    }

    /// What lasts for longest comes first.
    private func causeOfOwed(_ payment: Payment) -> WaitingCause {
        let (now, backoff) = (clock.uptime(), backoffs[payment.seq])
        if inHand[payment.seq] != nil { return WaitingCause(.answer) }
        if payment.state == .reversing, payment.platform != identity, !payment.wasNeverSent {
            return WaitingCause(.otherPlatform)
        }
        var cause = WaitingCause(.turn, trouble: backoff?.trouble, tries: backoff?.tries ?? 0)
        if breaker.isOpen {
            (cause.kind, cause.nextTry) = (.network, wall(max(nextProbeAt, now), from: now))
        } else if let card = payment.card, cardsInHand[card] != nil {
            cause.kind = .card
        } else if refusalsHoldBack(payment) {
            cause.kind = .release
        } else if let backoff, backoff.dueAt > now {
            (cause.kind, cause.nextTry) = (.pause, wall(backoff.dueAt, from: now))
        }
        return cause
    }

    /// What the wall clock will say at the uptime `due`.
    private func wall(_ due: Duration, from now: Duration) -> Timestamp {
        clock.now() + (due - now)
    }

    /// Takes in what a call about `payment` brought, which is in hand.
    func note(_ answer: PlatformAnswer, of payment: Payment) {
        note(answer)
        troubles[payment.seq] = WaitingCause.Trouble(answer)
    }
}
