public import Ledger
internal import Synchronization
internal import TerminalCore

/// A payer who was told "no" while the ledger could not be written: the row still says `pending`.
extension SyncEngine {
    /// From now on no answer of the platform approves `seq`: its payer is being told "no".
    public nonisolated func forbidApproval(of seq: String) {
        _ = unapprovable.withLock { $0.insert(seq) }
    }

    /// The payer of `seq` was told the outcome before; what was written stands.
    public nonisolated func allowApproval(of seq: String) {
        _ = unapprovable.withLock { $0.remove(seq) }
    }

    /// Writes that the payer of `seq` was told "no"; what may have been charged is then undone.
    ///
    /// To be called again until it does not throw.
    public func withdraw(_ seq: String) async throws(LedgerError) {
        let isUnderWay = inHand[seq] != nil
        _ = try await ledger.update(seq, now: clock.now()) { payment in
            payment.withdrawal(send: payment.inFlight && !isUnderWay ? .ended : nil)
        }
        allowApproval(of: seq)
        wake()
    }

    nonisolated func isUnapprovable(_ seq: String) -> Bool {
        unapprovable.withLock { $0.contains(seq) }
    }

    /// `verdict` on `payment`, but never an approval of what its payer was told "no" to.
    nonisolated func permitted(_ verdict: Verdict, on payment: Payment) -> Verdict {
        isUnapprovable(payment.seq) ? verdict.withoutApproval(of: payment) : verdict
    }
}

extension Verdict {
    /// The same knowledge about the order, with a "no" to the payer.
    func withoutApproval(of payment: Payment) -> Verdict {
        guard payment.state == .pending else { return self }
        if var refusal = update, refusal.state == .refused {
            if let said = refusal.reason ?? nil { refusal.note = "the platform: \(said.rawValue)" }
            refusal.reason = .storageFailed
            return Verdict(refusal, next)
        }
        // A number that turned out to be somebody else's is never reversed.
        let send = update?.renewsOrder == true ? .answered : update?.send
        guard var withdrawal = payment.withdrawal(send: send) else { return self }
        if let trade = update?.trade {
            withdrawal.state = .reversing
            withdrawal.trade = trade
        }
        withdrawal.card = update?.card
        return Verdict(withdrawal, withdrawal.state == .reversing ? .reverse : .done)
    }
}

extension Payment {
    /// The end of a payment whose payer was told "no" although it was not written; nil when it has
    /// one already. `send` is what is known about its POST.
    func withdrawal(send: SendNote?) -> PaymentUpdate? {
        switch state {
        case .pending:
            let known = applying(PaymentUpdate(send: send), at: updatedAt, freshOrder: order)
            return PaymentUpdate(
                known.mayBeCharged ? .reversing : .refused, reason: .storageFailed, send: send)
        case .settled, .accepted:
            return PaymentUpdate(.reversing, reason: .storageFailed, send: send)
        default: return nil
        }
    }
}
