/// What a payer may be given on paper about one payment. Pure.
///
/// What the payer was told and what became of the money are two things: an approval without the
/// platform has taken nothing yet, and a declined payment may still have to be undone.
public struct Receipt: Hashable, Sendable {
    /// What the payer was told.
    public enum Outcome: String, Hashable, Sendable, CaseIterable {
        case approved, declined, cancelled
        /// Approved, and taken back later.
        case refunded
    }

    /// What became of the payer's money, as far as the terminal knows.
    public enum Charge: String, Hashable, Sendable, CaseIterable {
        /// The platform confirmed the charge.
        case taken
        /// Approved without the platform: not taken yet.
        case owed
        /// Nothing was taken, and nothing will be.
        case notTaken = "not_taken"
        /// What was taken, or may have been, is being undone.
        case returning
        /// Undone.
        case returned
        /// The terminal cannot tell: a person must look.
        case unclear
    }

    public var seq: String
    /// The order number at the platform; nil while it is ``seq``.
    public var order: String?
    public var outcome: Outcome
    public var charge: Charge
    /// Why it was declined; nil for everything else.
    public var reason: Reason?
    public var amount: Money
    /// What was really taken; nil unless the charge is in force.
    public var paidAmount: Money?
    /// The card's balance after the charge; nil unless the charge is in force.
    public var balance: Money?
    public var title: String
    /// The POS's own name for the sale.
    public var reference: String?
    /// The end of the card's number.
    public var card: String?
    public var tradeID: String?
    public var terminalID: String
    public var terminalName: String
    /// When the payment got its outcome.
    public var time: Timestamp
    /// When it was decided to take the approval back; nil unless it was.
    public var refundTime: Timestamp?
    /// Whether the paper says that it is a copy.
    public var isCopy: Bool
}

extension Receipt {
    /// Nil while `payment` has no outcome: nothing may be printed then.
    public init?(
        _ payment: Payment, history: [PaymentChange], terminalName: String, isCopy: Bool = false
    ) {
        guard let story = Story(payment, history) else { return nil }
        let isTaken = story.charge == .taken
        self.init(
            seq: payment.seq, order: payment.order == payment.seq ? nil : payment.order,
            outcome: story.outcome, charge: story.charge,
            reason: story.outcome == .declined ? payment.reason : nil, amount: payment.amount,
            paidAmount: isTaken ? payment.paidAmount : nil,
            balance: isTaken ? payment.balance : nil, title: payment.title,
            reference: payment.reference, card: payment.card?.masked, tradeID: payment.tradeID,
            terminalID: SeqGenerator.terminal(of: payment.seq) ?? "", terminalName: terminalName,
            time: history.first { $0.to.isDecided }?.at ?? payment.createdAt,
            refundTime: story.outcome == .refunded
                ? history.last { $0.to == .reversing }?.at : nil, isCopy: isCopy)
    }

    /// What became of a payment, seen by its payer.
    private struct Story {
        var outcome: Outcome
        var charge: Charge

        init?(_ payment: Payment, _ history: [PaymentChange]) {
            let wasApproved = Self.wasApproved(payment, history)
            let undone = wasApproved ? Outcome.refunded : .declined
            let states = history.map(\.to)
            switch payment.state {
            case .awaitingCard, .pending: return nil
            case .settled: (outcome, charge) = (.approved, .taken)
            case .accepted, .held, .rejected: (outcome, charge) = (.approved, .owed)
            case .writtenOff where states.contains(.reversing):
                (outcome, charge) = (undone, .unclear)
            case .writtenOff: (outcome, charge) = (.approved, .notTaken)
            case .cancelled: (outcome, charge) = (.cancelled, .notTaken)
            case .refused:
                (outcome, charge) = (.declined, payment.isInDoubt ? .unclear : .notTaken)
            case .reversing: (outcome, charge) = (undone, .returning)
            case .reversed: (outcome, charge) = (undone, payment.isInDoubt ? .unclear : .returned)
            }
        }

        /// Whether the payer was told "yes". Where the ledger failed, a "no" was told whatever it
        /// says.
        private static func wasApproved(_ payment: Payment, _ history: [PaymentChange]) -> Bool {
            let approvals: Set<PaymentState> = [.settled, .accepted, .held, .rejected]
            return payment.reason != .storageFailed
                && history.contains { approvals.contains($0.to) }
        }
    }
}
