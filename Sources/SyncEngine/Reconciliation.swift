public import TerminalCore

/// What the platform says about the payments of some time, beside what the ledger says.
public struct Reconciliation: Hashable, Sendable {
    /// How many payments there are, archived ones included, whether or not they were looked at yet.
    public var total: Int
    /// How many were looked at.
    public var done = 0
    /// Of these, how many were surely never sent, so that there is nothing to ask.
    public var neverSent = 0
    /// Of these, how many were being delivered or decided at that moment.
    public var underWay = 0
    /// How many payments of an archive were asked for: nothing is ever repaired there.
    public var archived = 0
    /// What the payers have paid by our word, for all orders that the platform spoke about.
    public var ours = Money.zero
    /// What the platform has charged for the same orders.
    public var platforms = Money.zero
    /// What the payers have paid by our word, for orders that the platform gave no word on.
    public var unknown = Money.zero
    public var differences: [Difference] = []
    /// The platform could not be reached any more: the rest was not looked at.
    public var isCutOff = false

    public init(total: Int = 0) { self.total = total }

    /// Differences that were not brought in line.
    public var openDifferences: Int { differences.count { $0.repaired == nil } }
}

extension Reconciliation {
    /// One order on which the two sides do not agree.
    public struct Difference: Hashable, Sendable {
        public var seq: String
        /// The order that was asked for: the payment's present one, or an earlier one.
        public var order: String
        public var state: PaymentState
        public var kind: Kind
        public var ours: Money
        /// Nil when the platform gave no word.
        public var platforms: Money?
        /// The state that the repair led to.
        public var repaired: PaymentState?
        /// Whether the payment is in an archive: an operator must settle it.
        public var isArchived = false
    }

    /// How the two sides differ.
    public enum Kind: String, Sendable, CaseIterable {
        case chargedButRefused = "charged_but_refused"
        case chargedButReversed = "charged_but_reversed"
        /// The reversal is under way.
        case chargedButReversing = "charged_but_reversing"
        /// The backlog would settle it, too.
        case chargedButAccepted = "charged_but_accepted"
        case chargedButHeld = "charged_but_held"
        case chargedButRejected = "charged_but_rejected"
        case chargedButWrittenOff = "charged_but_written_off"
        case settledButAbsent = "settled_but_absent"
        case settledButDead = "settled_but_dead"
        /// The order is another card's.
        case settledButForeign = "settled_but_foreign"
        case amountDiffers = "amount_differs"
        /// More was taken than the payment's amount, or a sum that cannot be: the platform's is nil
        /// then.
        case overcharged
        /// The payment was declined, and its number is paid, but not surely by its payer: only an
        /// operator may have that undone.
        case chargedInDoubt = "charged_in_doubt"
        /// An order number that the payment had before is charged.
        case earlierOrderCharged = "earlier_order_charged"
        /// The platform is not done with the order: it may still charge or give back.
        case processing
        /// Settled so long ago that the platform may have forgotten the order.
        case forgotten
        /// The platform could not be asked, or its answer was no use.
        case unknown
    }
}

/// One order, looked at from both sides.
struct Comparison: Hashable {
    /// Nil when both sides agree.
    var kind: Reconciliation.Kind?
    var ours: Money
    /// Nil when the platform gave no word.
    var platforms: Money?
}

/// What became of one payment that was looked at.
enum Finding: Hashable {
    case neverSent
    case underWay
    case cutOff
    case compared([Line])

    /// One order of the payment; the difference is nil when both sides agree.
    struct Line: Hashable {
        var ours: Money
        var platforms: Money?
        var difference: Reconciliation.Difference?
    }
}

extension Reconciliation {
    mutating func add(_ finding: Finding) {
        if finding == .cutOff {
            isCutOff = true
            return
        }
        done += 1
        switch finding {
        case .neverSent: neverSent += 1
        case .underWay: underWay += 1
        case .cutOff: break
        case .compared(let lines): for line in lines { add(line) }
        }
    }

    private mutating func add(_ line: Finding.Line) {
        if let word = line.platforms {
            ours += line.ours
            platforms += word
        } else {
            unknown += line.ours
        }
        if let difference = line.difference { differences.append(difference) }
    }
}
