/// Where a payment stands. The table of legal changes is the contract's, and the ledger enforces
/// it.
public enum PaymentState: String, Sendable, CaseIterable {
    /// Waiting for a tap.
    case awaitingCard = "awaiting_card"
    /// No tap in time, cancelled by the POS, or a restart.
    case cancelled
    /// The intent is on disk; the outcome is not known and the payer was told nothing.
    case pending
    /// The platform confirmed the charge.
    case settled
    /// Approved offline, not yet delivered.
    case accepted
    /// Declined and not charged.
    case refused
    /// Approved, but an operator must decide.
    case held
    /// Approved, but the platform refused it at delivery.
    case rejected
    /// Declined or refunded; must be undone at the platform.
    case reversing
    /// Undone.
    case reversed
    /// Closed by an operator as a loss.
    case writtenOff = "written_off"

    /// The states that a payment may have when it is written first.
    public static let initial: Set<PaymentState> = [.awaitingCard, .pending, .accepted, .refused]

    /// The states in which money waits: it is still to be charged or undone, or nobody knows yet.
    public static let waiting: Set<PaymentState> = [
        .pending, .accepted, .held, .rejected, .reversing,
    ]

    /// The states that may follow this one.
    public var successors: Set<PaymentState> {
        switch self {
        case .awaitingCard: [.pending, .cancelled, .accepted, .refused]
        case .cancelled: []
        case .pending: [.settled, .accepted, .refused, .reversing]
        case .settled: [.reversing]
        case .accepted: [.settled, .rejected, .held, .reversing]
        case .refused: [.reversing]
        case .held: [.accepted, .settled, .writtenOff, .reversing]
        case .rejected: [.accepted, .settled, .writtenOff]
        case .reversing: [.reversed, .writtenOff]
        case .reversed: [.reversing]
        case .writtenOff: [.settled, .reversing]
        }
    }

    /// Whether the payer was told "yes".
    public var isApproved: Bool {
        switch self {
        case .settled, .accepted, .held, .rejected, .writtenOff: true
        case .awaitingCard, .cancelled, .pending, .refused, .reversing, .reversed: false
        }
    }

    /// Whether the POS may stop waiting: the payer has an answer.
    public var isDecided: Bool { self != .awaitingCard && self != .pending }
}
