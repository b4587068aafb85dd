internal import Ledger
public import TerminalCore

/// What an operator decides about a payment that needs one.
extension SyncEngine {
    /// Offers a held or rejected payment to the platform again; what it has charged already is
    /// settled instead.
    ///
    /// Asks first when the order may have been sent. A held payment whose platform gives no answer
    /// is accepted all the same: the backlog asks again before it sends.
    public func submit(
        _ seq: String, _ word: OperatorsWord
    ) async throws(DecisionError) -> Payment {
        try await decide(seq, in: [.held, .rejected, .writtenOff]) {
            [identity, judge] payment, answer in
            payment.platform == identity
                ? judge.submitted(payment, answer, word) : .failure(.otherPlatform)
        }
    }

    /// Closes a held, rejected or reversing payment as a loss, once the platform has said that it
    /// did not charge; what it has charged is settled instead.
    public func writeOff(
        _ seq: String, _ word: OperatorsWord
    ) async throws(DecisionError) -> Payment {
        let now = ledger.moment(clock.now())
        return try await decide(seq, in: [.held, .rejected, .reversing]) {
            [judge, now] payment, answer in
            judge.writtenOff(payment, answer, word, now: now)
        }
    }

    /// Asks, then rules on the row as it is in the transaction. Nobody else touches the payment
    /// meanwhile.
    private func decide(
        _ seq: String, in states: Set<PaymentState>,
        _ rule: @Sendable (Payment, PlatformAnswer?) -> Ruling
    ) async throws(DecisionError) -> Payment {
        // What is not for an operator is said so, also while it is in hand.
        _ = try await known(seq, in: states)
        guard claim(seq) else { throw .busy }
        defer { letGo(of: seq) }
        let payment = try await known(seq, in: states)
        let answer = try await word(on: payment)
        let decided = try await ledger.rule(seq, now: clock.now()) { rule($0, answer) }.get()
        backoffs[seq] = nil
        return decided
    }

    private func known(
        _ seq: String, in states: Set<PaymentState>
    ) async throws(DecisionError) -> Payment {
        let found: Payment?
        do {
            found = try await ledger.payment(seq)
        } catch {
            throw .ledger(error)
        }
        guard let found else { throw .ledger(.notFound) }
        guard states.contains(found.state) else {
            throw .ledger(.wrongState(found.state.rawValue))
        }
        return found
    }

    /// The platform's word on the present order; nil when that was surely never sent.
    private func word(on payment: Payment) async throws(DecisionError) -> PlatformAnswer? {
        if payment.wasNeverSent { return nil }
        guard payment.platform == identity else { throw .otherPlatform }
        guard platformIsUp else { return .notSent(.network) }
        let answer = await platform.ask(payment, patience: nil)
        note(answer)
        return answer
    }

    /// Whether a lost card does not stop this payment: by the configuration or by an operator.
    func isSubmittedDespiteLoss(_ payment: Payment) async -> Bool {
        guard payment.state == .accepted else { return false }
        if rules.lostCard == .submit { return true }
        return (try? await ledger.isSubmittedDespiteLoss(payment)) ?? false
    }
}

extension DecisionError {
    fileprivate static let otherPlatform = DecisionError.forbidden(
        "the payment belongs to another platform — it was made with another host or client_id — "
            + "configure that one again")
}

extension Ledger {
    /// Rules and writes in one transaction.
    fileprivate func rule(
        _ seq: String, now: Timestamp, _ rule: @Sendable (Payment) -> Ruling
    ) -> Result<Payment, DecisionError> {
        var refusal: DecisionError?
        do {
            let payment = try update(seq, now: now) { payment in
                switch rule(payment) {
                case .success(let update): return update
                case .failure(let error):
                    refusal = error
                    return nil
                }
            }
            return refusal.map { .failure($0) } ?? .success(payment)
        } catch {
            return .failure(.ledger(error))
        }
    }
}
