internal import TerminalCore

/// The fen of all that is unforwarded, kept beside the file, so that a tap beside a long backlog
/// need not add it up.
///
/// Only what was committed is counted. After a transaction whose end is not known it is added up
/// from the rows again.
struct Exposure {
    /// Nil until it is added up.
    private var sum: Money?

    /// The sum; `adding` makes it from the rows when it is not known.
    mutating func total(_ adding: () throws -> Money) rethrows -> Money {
        if let sum { return sum }
        let total = try adding()
        sum = total
        return total
    }

    /// What the committed change of `payment` from the state `from` did to it.
    mutating func changed(_ payment: Payment, from: PaymentState) {
        guard let old = sum else { return }
        let before = Self.counts(from, payment.decision) ? payment.amount : .zero
        let after = Self.counts(payment.state, payment.decision) ? payment.amount : .zero
        sum = old + after - before
    }

    mutating func forget() { sum = nil }

    /// Approved and not settled, or pending with an offline "yes": as ``Facts`` has it in SQL.
    private static func counts(_ state: PaymentState, _ decision: OfflineDecision?) -> Bool {
        switch state {
        case .accepted, .held, .rejected: true
        case .pending: decision == .approve
        case .awaitingCard, .cancelled, .settled, .refused, .reversing, .reversed, .writtenOff:
            false
        }
    }
}
