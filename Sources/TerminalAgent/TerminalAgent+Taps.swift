internal import CardReader
internal import Ledger
internal import SyncEngine
public import TerminalCore

extension TerminalAgent {
    /// Takes one event of the readers.
    func handle(_ event: CardEvent) async {
        switch event {
        case .service(let isUp):
            reader.serviceIsUp = isUp
            publish(.status)
        case .readers(let names):
            reader.readers = names
            publish(.status)
        case .reading: cardIsOnReader = true
        case .tapped(let tap):
            cardIsOnReader = false
            reader.lastProblem = nil
            await tapped(tap.number, reader: tap.reader)
        case .failed(let error, let name): failed(error, name)
        case .removed(let name):
            cardIsOnReader = false
            session.cardRemoved(reader: name, at: clock.uptime())
        }
        refreshScreen()
    }

    /// As if a card with this number were tapped and taken away; for a simulated reader.
    public func simulateTap(_ card: CardNumber) async {
        let name = "simulated"
        await handle(.reading(reader: name))
        await handle(.tapped(CardTap(reader: name, number: card, uid: nil)))
        await handle(.removed(reader: name))
    }

    private func failed(_ error: CardError, _ name: String) {
        cardIsOnReader = false
        reader.lastProblem = error.description
        publish(.card(CardNotice(reader: name, problem: error.description)))
        if session.waiting != nil || rules.mode == .fixed {
            show(.declined(seq: nil, reason: .cardUnreadable))
        }
    }

    private func tapped(_ card: CardNumber, reader name: String) async {
        if isStopping { return }
        let action = session.cardTapped(card, reader: name, at: clock.uptime())
        switch action {
        case .ignore(let why):
            publish(.card(CardNotice(reader: name, masked: card.masked, problem: why.text)))
        case .payWaiting(let waiting):
            publish(.card(CardNotice(reader: name, masked: card.masked, seq: waiting.seq)))
            await pay(waiting, card)
        case .payFixed:
            publish(.card(CardNotice(reader: name, masked: card.masked)))
            await payFixed(card)
        }
    }

    private func pay(_ waiting: Session.Waiting, _ card: CardNumber) async {
        let tapRules = await tapRules(nil)
        await record(.card(card), seq: waiting.seq) {
            [ledger, now = clock.now()] () throws(LedgerError) in
            try await ledger.recordTap(waiting.seq, card: card, rules: tapRules, now: now)
        }
    }

    private func payFixed(_ card: CardNumber) async {
        let now = clock.now()
        if let untold = await untold(card, now) { return showAgain(untold, card) }
        guard let price = price(now) else {
            session.recordingFailed(.card(card), seq: nil, at: clock.uptime())
            return endIfSettled()
        }
        let tapRules = await tapRules(price)
        let draft = draft(price)
        await record(.card(card), seq: nil) { [ledger] () throws(LedgerError) in
            try await ledger.recordTap(draft, card: card, rules: tapRules, now: now)
        }
    }

    /// A payment of fixed mode, at its price.
    func draft(_ price: Session.Price) -> PaymentDraft {
        PaymentDraft(amount: price.amount, title: price.title, expiresIn: rules.tapTimeout)
    }

    private func tapRules(_ price: Session.Price?) async -> TapRules {
        TapRules(
            policy: rules.policy, platformIsUp: await engine.platformIsUp,
            perPeriod: rules.perCardPerPeriod, periodStart: price?.periodStart)
    }

    /// Writes who pays, then starts the delivery and its deadline, or shows what is decided
    /// already. Returns why it could not be written.
    @discardableResult
    func record(
        _ payer: Payer, seq: String?,
        _ write: @Sendable () async throws(LedgerError) -> Payment
    ) async -> LedgerError? {
        let cameAt = clock.uptime()
        do throws(LedgerError) {
            let payment = try await write()
            storageChanged()
            answers.began(payment.seq, at: cameAt)
            session.paymentStarted(payment.seq, by: payer)
            payment.state.isDecided ? decided(payment) : deliver(payment, payer, cameAt: cameAt)
            return nil
        } catch {
            recordingFailed(payer, seq: seq, error)
            return error
        }
    }

    private func recordingFailed(_ payer: Payer, seq: String?, _ error: LedgerError) {
        session.recordingFailed(payer, seq: seq, at: clock.uptime())
        let isStorage = if case .storage = error { true } else { false }
        if let seq {
            closeSoon(seq, isStorage ? .storageFailed : .cancelled)
        } else if isStorage {
            closeAbandonedSoon()
        }
        endIfSettled()
        storageChanged()
        publish(
            .card(CardNotice(reader: "", masked: payer.masked, problem: "\(error)", seq: seq)))
        if isStorage {
            show(.declined(seq: seq, reason: .storageFailed))
        } else if let seq {
            show(.cancelled(seq: seq))
        }
    }

    private func deliver(_ payment: Payment, _ payer: Payer, cameAt: Duration) {
        payingAmount = payment.amount
        spawn { [engine] in
            await engine.pay(payment, code: payer.code)
            await self.reread(payment.seq)
        }
        spawn { [clock, rules] in
            let left = cameAt + rules.decisionDeadline - clock.uptime()
            // A sleep that is cut short is no deadline: an end of the process decides nothing.
            guard (try? await clock.sleep(for: left)) != nil else { return }
            await self.deadlinePassed(payment.seq)
        }
    }

    /// The payer has waited long enough: the decision that the row carries stands.
    private func deadlinePassed(_ seq: String) async {
        let payment: Payment
        do {
            payment = try await ledger.update(seq, now: clock.now(), decide: \.deadlineUpdate)
        } catch {
            return await undecidable(seq)
        }
        finish(payment)
        if payment.state != .settled { await engine.wake() }
    }

    private func reread(_ seq: String) async {
        guard let payment = try? await ledger.payment(seq) else { return }
        finish(payment)
    }

    private func decided(_ payment: Payment) {
        finish(payment)
        if payment.state == .accepted { spawn { [engine] in await engine.wake() } }
    }

    /// Shows the outcome of `payment`, once.
    func finish(_ payment: Payment) {
        guard payment.state.isDecided, let screen = Screen(outcomeOf: payment) else { return }
        guard session.paymentDecided(payment.seq, at: clock.uptime()) == .show else { return }
        answers.ended(payment.seq, with: screen, at: clock.uptime())
        if session.payingCount == 0 { payingAmount = nil }
        show(screen)
        endIfSettled()
    }

    private func untold(_ card: CardNumber, _ now: Timestamp) async -> Payment? {
        (try? await ledger.untold(card, ageMax: AgentRules.untoldMax, now: now)) ?? nil
    }

    private func showAgain(_ payment: Payment, _ card: CardNumber) {
        session.paymentStarted(payment.seq, by: .card(card))
        finish(payment)
    }
}

extension Session.StateMachine.Ignored {
    var text: String {
        switch self {
        case .repeated: "the same again within the repeat window"
        case .stillPaying: "its payment has no outcome yet"
        case .nothingToPay: "no payment waits for a card"
        }
    }
}
