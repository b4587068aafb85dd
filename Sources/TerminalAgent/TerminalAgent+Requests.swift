public import Ledger
internal import SyncEngine
public import TerminalCore

/// Why a request was turned down.
public enum RequestError: Error, Hashable, Sendable {
    /// Another payment waits for its card.
    case busy(String?)
    /// Each tap pays here.
    case fixedMode
    /// The ledger's word.
    case ledger(LedgerError)
}

extension TerminalAgent {
    /// Opens a payment that waits for a tap; `existing` is the one that already has the reference.
    public func request(_ draft: PaymentDraft) async throws(RequestError) -> Ledger.Opened {
        if rules.mode == .fixed { throw .fixedMode }
        if let known = try await known(draft) { return .existing(known) }
        switch session.paymentRequested() {
        case .fixedMode: throw .fixedMode
        case .busy(let seq): throw .busy(seq)
        case .open: return try await open(draft)
        }
    }

    private func known(_ draft: PaymentDraft) async throws(RequestError) -> Payment? {
        do {
            return try await ledger.existing(draft)
        } catch {
            throw .ledger(error)
        }
    }

    private func open(_ draft: PaymentDraft) async throws(RequestError) -> Ledger.Opened {
        do {
            let opened = try await ledger.open(draft, now: clock.now())
            storageChanged()
            switch opened {
            case .created(let payment): wait(for: payment, draft.expiresIn)
            case .existing: session.openingFailed()
            }
            return opened
        } catch {
            session.openingFailed()
            storageChanged()
            throw .ledger(error)
        }
    }

    private func wait(for payment: Payment, _ time: Duration) {
        session.paymentOpened(
            Session.Waiting(
                seq: payment.seq, amount: payment.amount, title: payment.title,
                expiresAt: payment.expiresAt))
        shown = nil
        refreshScreen()
        spawn { [clock] in
            try? await clock.sleep(for: time)
            _ = try? await self.cancel(payment.seq, by: "agent")
        }
    }

    /// Ends the wait of `seq` for a tap. Throws when it does not wait any more.
    ///
    /// When that cannot be written it throws too, and is written as soon as possible.
    public func cancel(
        _ seq: String, by who: String, why: String? = nil
    ) async throws(LedgerError) -> Payment {
        guard session.waitingEnded(seq) else {
            guard let payment = try await ledger.payment(seq) else { throw .notFound }
            throw .wrongState(payment.state.rawValue)
        }
        let payment: Payment
        do {
            payment = try await ledger.update(seq, now: clock.now()) { payment in
                payment.state == .awaitingCard
                    ? PaymentUpdate(.cancelled, reason: .cancelled, by: who, note: why) : nil
            }
        } catch {
            closeSoon(seq, .cancelled)
            refreshScreen()
            throw error
        }
        if let screen = Screen(outcomeOf: payment) { show(screen) }
        return payment
    }

    /// Undoes an approved payment at the platform, or a declined one whose order is in doubt.
    public func reverse(
        _ seq: String, by who: String, why: String? = nil
    ) async throws(LedgerError) -> Payment {
        let payment = try await ledger.update(seq, now: clock.now()) { payment in
            let mayBeUndone = payment.state.isApproved || payment.isInDoubt
            return mayBeUndone && payment.state.successors.contains(.reversing)
                ? PaymentUpdate(.reversing, by: who, note: why) : nil
        }
        guard payment.state == .reversing || payment.state == .reversed else {
            throw .wrongState(payment.state.rawValue)
        }
        await engine.wake()
        return payment
    }

    /// Returns once the payment has its outcome, `time` is over, or there is none of this number.
    public nonisolated func waitForOutcome(of seq: String, atMost time: Duration) async {
        let changes = ledger.changes()
        guard time > .zero, let payment = try? await ledger.payment(seq) else { return }
        if payment.state.isDecided { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await change in changes
                where change.payment.seq == seq && change.payment.state.isDecided { return }
            }
            group.addTask { [clock] in try? await clock.sleep(for: time) }
            await group.next()
            group.cancelAll()
        }
    }

    /// The outcome of `seq` went to a POS or to the payer's page.
    public nonisolated func told(_ payment: Payment) async {
        guard payment.state.isDecided, payment.toldAt == nil else { return }
        try? await ledger.told(payment.seq, now: clock.now())
    }
}
