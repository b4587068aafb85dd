internal import GRDB
public import TerminalCore

/// What became of another terminal's payment that was brought here.
public enum Adoption: Hashable, Sendable {
    /// Nothing is owed for it, and nothing was written.
    case nothingOwed
    /// It is in this ledger now.
    case taken
    /// It was in this ledger before, which knows as much or more.
    case known
    /// It was in this ledger before; the other terminal has undone or closed it since.
    case corrected
}

extension Payment {
    /// The state in which another machine goes on with this payment of a terminal that has
    /// stopped; nil when nothing is owed.
    public var adoptedState: PaymentState? {
        switch state {
        case .accepted, .held, .rejected, .reversing: state
        case .pending where mayBeCharged: .reversing
        case .pending, .awaitingCard, .cancelled, .settled, .refused, .reversed, .writtenOff: nil
        }
    }

    /// The first row of an adopted payment. What it may have been sent since it was written down is
    /// not known, so it counts as sent without an answer: the platform is asked before anything.
    fileprivate func firstRow(for goal: PaymentState) -> Payment {
        var row = self
        (row.id, row.revision, row.inFlight) = (0, 1, false)
        // The starts of another machine mean nothing here.
        (row.createdBootTime, row.sentBootTime) = (nil, nil)
        row.state = goal == .reversing ? .pending : .accepted
        if goal != .reversing || inFlight {
            row.attempts = max(attempts, 1)
            row.unresolved = max(unresolved, 1)
        }
        if row.unresolved > 0 { row.sentAt = inFlight ? updatedAt : sentAt ?? updatedAt }
        return row
    }

    /// The changes that bring the row of this ledger in line with what the other terminal's
    /// journal says; none when the row knows as much.
    fileprivate func corrections(by other: Payment) -> [PaymentUpdate] {
        switch (state, other.state) {
        case (.accepted, .reversing), (.accepted, .reversed), (.held, .reversing),
            (.held, .reversed), (.settled, .reversing), (.settled, .reversed):
            [PaymentUpdate(.reversing, reason: other.reason, note: Self.note)]
        case (.accepted, .writtenOff):
            [
                PaymentUpdate(.held, reason: other.reason, note: Self.note),
                PaymentUpdate(.writtenOff, reason: other.reason, note: Self.note),
            ]
        case (.held, .writtenOff), (.rejected, .writtenOff):
            [PaymentUpdate(.writtenOff, reason: other.reason, note: Self.note)]
        default: []
        }
    }

    private static let note = "from the terminal's journal"
}

extension Ledger {
    /// Brings a payment of another terminal here, to be delivered or undone in its place, under
    /// its own numbers. Doing it again changes nothing.
    public func adopt(_ payment: Payment, now: Timestamp) throws(LedgerError) -> Adoption {
        exposure.forget()
        return try write { db in
            if let here = try PaymentRow.fetchOne(db, cards, seq: payment.seq) {
                let updates = here.corrections(by: payment)
                var current = here
                for update in updates {
                    (current, _) = try self.apply(update, to: current, now: now, db)
                }
                return updates.isEmpty ? .known : .corrected
            }
            guard let goal = payment.adoptedState else { return .nothingOwed }
            try self.take(payment, to: goal, now: now, db)
            return .taken
        }
    }

    private func take(
        _ payment: Payment, to goal: PaymentState, now: Timestamp, _ db: Database
    ) throws {
        let row = try PaymentRow.insert(payment.firstRow(for: goal), cards, db)
        _ = try HistoryRow.insert(
            row, from: nil, by: "agent", note: "replayed for its terminal", audit, db)
        guard goal != row.state else { return }
        let reason = payment.state == .pending ? .interrupted : payment.reason
        _ = try apply(PaymentUpdate(goal, reason: reason), to: row, now: now, db)
    }
}
