internal import GRDB
internal import TerminalCore

extension Ledger {
    /// Has the mirror begin anew with everything that is open now. Does nothing without a mirror.
    public func beginMirror() throws(LedgerError) {
        guard let mirror else { return }
        do {
            mirror.begin(OpenRows(snapshot: try pool.makeSnapshot()))
        } catch {
            throw LedgerError(error)
        }
    }

    /// Whether there is a mirror.
    public nonisolated var isMirrored: Bool { mirror != nil }

    /// What is wrong with the mirror; nil when all is well, or without one.
    public nonisolated var mirrorProblem: String? { mirror?.problem }

    /// After a commit: first the mirror, then everybody else. Returns the payment as it stands.
    ///
    /// A payment that was just approved offline waits for the mirror; when it must be there and
    /// cannot be, it is withdrawn before anybody was told.
    func conclude(
        _ payment: Payment, from: PaymentState, _ change: Int64?, now: Timestamp
    ) -> Payment {
        if let mirror, !keep(payment, from: from, change, in: mirror),
            let (withdrawn, line) = try? withdraw(payment, now: now)
        {
            if let line { publish(withdrawn, line) }
            return withdrawn
        }
        if let change { publish(payment, change) }
        return payment
    }

    /// False when the payment must not stand.
    private func keep(
        _ payment: Payment, from: PaymentState, _ change: Int64?, in mirror: any PaymentMirror
    ) -> Bool {
        if payment.state == .accepted, !from.isDecided {
            return mirror.secure(payment, change: change)
        }
        if PaymentState.open.contains(payment.state) || PaymentState.open.contains(from) {
            mirror.note(payment, change: change)
        }
        return true
    }

    /// Its payer was told nothing yet; that it was never sent is for the engine to find out.
    private func withdraw(
        _ payment: Payment, now: Timestamp
    ) throws(LedgerError) -> (Payment, Int64?) {
        let update = PaymentUpdate(
            .reversing, reason: .storageFailed, note: "the mirror could not be written")
        let (withdrawn, change) = try write { db in
            try self.apply(update, to: payment, now: now, db)
        }
        mirror?.note(withdrawn, change: change)
        return (withdrawn, change)
    }
}

/// The open payments of one moment, on a connection of its own.
private struct OpenRows: OpenPayments {
    let snapshot: DatabaseSnapshot

    func forEach(_ body: (Payment, _ change: Int64) throws -> Void) throws {
        let states = PaymentState.open.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
        try snapshot.read { db in
            try PaymentRow.forEach(
                db, where: "state IN (\(states)) ORDER BY id"
            ) { payment in
                try body(payment, try HistoryRow.newest(of: payment, db))
            }
        }
    }

    func knows(_ seq: String) throws -> Bool {
        try snapshot.read { db in
            try Int.fetchOne(
                db, sql: "SELECT 1 FROM payments WHERE seq = ?", arguments: [seq]) != nil
        }
    }
}
