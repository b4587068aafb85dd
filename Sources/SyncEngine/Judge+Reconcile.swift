internal import TerminalCore

/// Our word beside the platform's. Pure.
extension Judge {
    /// Compares the present order of `payment`, to the fen.
    func compared(_ payment: Payment, _ answer: PlatformAnswer, now: Moment) -> Comparison {
        if let found = doubt(about: payment, answer) { return found }
        let isSettled = payment.state == .settled
        let ours = isSettled ? payment.paidAmount ?? payment.amount : .zero
        switch answer {
        case .charged(let trade):
            let word = trade.paid ?? (isSettled ? ours : payment.amount)
            let kind = isSettled && word == ours ? nil : Self.charged[payment.state]
            return Comparison(kind: kind, ours: ours, platforms: word)
        case .overcharged(let trade):
            return Comparison(kind: .overcharged, ours: ours, platforms: trade.paid)
        case .dead:
            return Comparison(kind: isSettled ? .settledButDead : nil, ours: ours, platforms: .zero)
        case .absent where isSettled && mayBeForgotten(payment, now):
            return Comparison(kind: .forgotten, ours: ours)
        case .absent:
            return Comparison(
                kind: isSettled ? .settledButAbsent : nil, ours: ours, platforms: .zero)
        case .conflict, .collision:
            return Comparison(
                kind: isSettled ? .settledButForeign : nil, ours: ours, platforms: .zero)
        case .processing:
            let isOwed = [.accepted, .held, .reversing].contains(payment.state)
            return Comparison(kind: isOwed ? nil : .processing, ours: ours)
        case .refused, .cardRefused, .cardLost, .notSent, .unknown, .later:
            return Comparison(kind: .unknown, ours: ours)
        }
    }

    /// What a charge means, by our state. A payment in another state was never sent.
    private static let charged: [PaymentState: Reconciliation.Kind] = [
        .refused: .chargedButRefused, .reversed: .chargedButReversed,
        .reversing: .chargedButReversing, .accepted: .chargedButAccepted, .held: .chargedButHeld,
        .rejected: .chargedButRejected, .writtenOff: .chargedButWrittenOff,
        .settled: .amountDiffers,
    ]

    /// A declined payment under whose number something is paid that is not surely its own: another
    /// card's, one that may be ours, or one that was in doubt when the payment ended.
    private func doubt(about payment: Payment, _ answer: PlatformAnswer) -> Comparison? {
        let isDeclined = payment.state == .refused || payment.state == .reversed
        let word: Money?
        switch answer {
        case .conflict(let trade?) where isDeclined: word = trade.paid
        case .charged(let trade) where payment.isInDoubt: word = trade.paid ?? payment.amount
        case .overcharged(let trade) where payment.isInDoubt: word = trade.paid
        default: return nil
        }
        return Comparison(kind: .chargedInDoubt, ours: .zero, platforms: word)
    }

    /// Compares an order number that the payment gave up: it was dead, or a stranger's.
    ///
    /// A charge there is never repaired: the platform takes back its own word about the order, or
    /// somebody else uses our numbers, and both make whatever would follow from it doubtful.
    func comparedEarlier(_ payment: Payment, _ answer: PlatformAnswer) -> Comparison {
        switch answer {
        case .charged(let trade):
            Comparison(
                kind: .earlierOrderCharged, ours: .zero, platforms: trade.paid ?? payment.amount)
        case .overcharged(let trade):
            Comparison(kind: .earlierOrderCharged, ours: .zero, platforms: trade.paid)
        case .dead, .absent, .conflict, .collision:
            Comparison(kind: nil, ours: .zero, platforms: .zero)
        case .processing: Comparison(kind: .processing, ours: .zero)
        case .refused, .cardRefused, .cardLost, .notSent, .unknown, .later:
            Comparison(kind: .unknown, ours: .zero)
        }
    }

    /// The legal change that brings our side in line; nil when an operator must decide, or the
    /// engine is at it already.
    func repaired(_ payment: Payment, _ answer: PlatformAnswer) -> PaymentUpdate? {
        if payment.isInDoubt { return nil }
        switch answer {
        case .charged(let trade):
            if let update = charged(payment, trade) { return update }
            guard payment.state == .settled, payment.paidAmount == nil, let paid = trade.paid else {
                return nil
            }
            return paid == payment.amount ? nil : PaymentUpdate(trade: trade)
        case .overcharged(let trade) where [.refused, .reversed].contains(payment.state):
            return charged(payment, trade)
        default: return nil
        }
    }
}
