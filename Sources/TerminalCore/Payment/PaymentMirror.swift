/// A second place that knows every open payment, so that another machine can deliver what is owed
/// when this one is lost.
///
/// The ledger calls it after each commit, in the order of the commits; for an approval that must be
/// there, before its commit.
public protocol PaymentMirror: Sendable {
    /// Whether an approval that it does not hold must not stand.
    var isRequired: Bool { get }
    /// Whether no payment may be approved offline now: it is required and cannot be written.
    var refusesOffline: Bool { get }
    /// What is wrong, why and what to do; nil when all is well.
    var problem: String? { get }
    /// Takes in a payment as it was committed; `change` is its line of history, nil for a mark.
    /// Returns at once.
    func note(_ payment: Payment, change: Int64?)
    /// The same for a payment whose payer waits: returns when it is on the medium, or cannot be,
    /// within a small bound. False when it is not there and must be.
    func secure(_ payment: Payment, change: Int64?) -> Bool
    /// Begins anew with what is open from now on; what is noted later comes after it.
    func begin(_ open: any OpenPayments)
}

/// What is open in the ledger, read when it is convenient.
public protocol OpenPayments: Sendable {
    /// Calls `body` for each open payment, oldest first, each as it stands when it is read. However
    /// long `body` takes, the ledger is not held.
    func forEach(_ body: (Payment, _ change: Int64) throws -> Void) throws
    /// Whether the ledger has the payment, in whatever state.
    func knows(_ seq: String) throws -> Bool
}

extension PaymentState {
    /// The states that a second machine must know of: approved and not closed, or to be undone.
    public static let open: Set<PaymentState> = [.accepted, .held, .rejected, .reversing]
}
