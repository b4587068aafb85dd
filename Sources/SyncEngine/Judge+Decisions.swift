internal import Ledger
internal import TerminalCore

/// What becomes of a payment by an operator's word, or why it stays.
typealias Ruling = Result<PaymentUpdate, DecisionError>

/// An operator's decisions. `answer` is what the platform says about the present order; nil when
/// that was surely never sent.
extension Judge {
    /// A held or rejected payment is to be submitted again.
    ///
    /// The backlog asks first whatever is decided here, so that an order number is only given up
    /// when the platform has said that it is dead.
    func submitted(
        _ payment: Payment, _ answer: PlatformAnswer?, _ word: OperatorsWord
    ) -> Ruling {
        guard [.held, .rejected, .writtenOff].contains(payment.state) else {
            return Self.wrongState(payment)
        }
        switch answer {
        case .charged(let trade): return settled(payment, trade, word)
        case .conflict, .collision: return .failure(.forbidden(Self.foreign))
        case .overcharged where payment.state == .held:
            return .failure(.forbidden(Self.overcharged))
        case .processing: return .failure(.forbidden(Self.unfinished))
        case nil, .dead, .absent, .overcharged: return again(payment, answer, word)
        case .refused, .cardRefused, .cardLost, .notSent, .unknown, .later:
            // A rejected order may be dead: under its old number it would be rejected again.
            return payment.state == .held
                ? again(payment, answer, word) : .failure(.unreachable)
        }
    }

    private func again(
        _ payment: Payment, _ answer: PlatformAnswer?, _ word: OperatorsWord
    ) -> Ruling {
        guard payment.state != .writtenOff else { return Self.wrongState(payment) }
        let isDead = answer == .dead
        return .success(
            PaymentUpdate(
                .accepted, send: payment.reason == .platformForgot ? .lapsed : nil,
                renewsOrder: isDead, by: word.by,
                note: word.note(isDead ? "a fresh order number: the old order is dead" : nil)))
    }

    /// A held, rejected or reversing payment is to be closed as a loss.
    func writtenOff(
        _ payment: Payment, _ answer: PlatformAnswer?, _ word: OperatorsWord, now: Moment
    ) -> Ruling {
        switch payment.state {
        case .held, .rejected: approvedWrittenOff(payment, answer, word)
        case .reversing: reversalWrittenOff(payment, answer, word, now: now)
        default: Self.wrongState(payment)
        }
    }

    private func approvedWrittenOff(
        _ payment: Payment, _ answer: PlatformAnswer?, _ word: OperatorsWord
    ) -> Ruling {
        switch answer {
        case .charged(let trade): settled(payment, trade, word)
        case nil, .dead, .absent, .conflict, .collision: closed(word)
        case .overcharged: .failure(.forbidden(Self.overcharged))
        case .processing: .failure(.forbidden(Self.unfinished))
        case .refused, .cardRefused, .cardLost, .notSent, .unknown, .later:
            .failure(.unreachable)
        }
    }

    /// A reversal is given up only when the platform has forgotten the order; what is undone
    /// already becomes `reversed`, and what is charged goes on being reversed.
    private func reversalWrittenOff(
        _ payment: Payment, _ answer: PlatformAnswer?, _ word: OperatorsWord, now: Moment
    ) -> Ruling {
        switch answer {
        case nil, .absent:
            let verdict = reversingAbsent(payment, now: now)
            if verdict.update?.state == .reversed { return undone(word) }
            let isForgotten = (verdict.update?.reason ?? payment.reason) == .platformForgot
            return isForgotten ? closed(word) : .failure(.forbidden(Self.mayArrive))
        case .dead: return undone(word)
        case .conflict, .collision: return undone(word, reason: .platformConflict)
        case .charged, .overcharged, .processing:
            return .failure(.forbidden(Self.beingReversed))
        case .refused, .cardRefused, .cardLost, .notSent, .unknown, .later:
            return .failure(.unreachable)
        }
    }

    private func settled(_ payment: Payment, _ trade: Trade, _ word: OperatorsWord) -> Ruling {
        guard var update = charged(payment, trade) else { return Self.wrongState(payment) }
        (update.by, update.note) = (word.by, word.note("the platform says paid"))
        return .success(update)
    }

    private func closed(_ word: OperatorsWord) -> Ruling {
        .success(PaymentUpdate(.writtenOff, by: word.by, note: word.note()))
    }

    private func undone(_ word: OperatorsWord, reason: Reason? = nil) -> Ruling {
        .success(
            PaymentUpdate(
                .reversed, reason: reason.map { .some($0) }, by: word.by,
                note: word.note("the platform has no charge")))
    }

    private static func wrongState(_ payment: Payment) -> Ruling {
        .failure(.ledger(.wrongState(payment.state.rawValue)))
    }

    private static let foreign =
        "the order is not surely ours — what the platform has under this number is another card's "
        + "or in doubt — write the payment off"
    private static let overcharged =
        "the sum is wrong — the platform took more than the payment's amount, or a sum that cannot "
        + "be — reverse it"
    private static let unfinished =
        "the platform is not done with this order — it may still charge — wait, or reverse it"
    private static let mayArrive =
        "the reversal is not over — a request may still arrive at the platform — try again later"
    private static let beingReversed =
        "the platform has charged this order — writing it off would leave the charge — its "
        + "reversal goes on"
}
