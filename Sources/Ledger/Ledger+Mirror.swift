internal import GRDB
internal import TerminalCore

extension Ledger {
    /// Has the mirror begin anew with everything that is open. Does nothing without a mirror.
    ///
    /// What was committed before this call is in the beginning, as that is read later; what is
    /// committed after it is noted after it.
    public func beginMirror() { mirror?.begin(OpenRows(pool: pool)) }

    /// Whether there is a mirror.
    public nonisolated var isMirrored: Bool { mirror != nil }

    /// What is wrong with the mirror; nil when all is well, or without one.
    public nonisolated var mirrorProblem: String? { mirror?.problem }

    /// Changes one payment in one durable transaction: then the mirror learns of it, then everybody
    /// else. Returns the payment as it stands.
    ///
    /// An approval that a required mirror must hold is there before the commit; when it cannot be,
    /// the same transaction withdraws it. So no approval ever stands without its mirror, and when
    /// nothing can be committed either, the payment is what it was.
    func change(
        _ purpose: Storage.Work = .finishes, now: Timestamp, _ work: (Database) throws -> Written
    ) throws(LedgerError) -> Payment {
        var claimed: Written?
        do throws(LedgerError) {
            let written = try write(purpose) { db -> Written in
                let made = try work(db)
                guard made.isApproval, let mirror = self.mirror, mirror.isRequired else {
                    return made
                }
                claimed = made
                let isKept = mirror.secure(made.payment, change: made.change)
                return isKept ? made : try self.withdrawn(made, now: now, db)
            }
            if let from = written.from { exposure.changed(written.payment, from: from) }
            tell(written)
            return written.payment
        } catch {
            exposure.forget()
            if let claimed { mirror?.note(claimed.undone, change: nil) }
            throw error
        }
    }

    /// Its payer was told nothing yet; that it was never sent is for the engine to find out.
    private func withdrawn(
        _ written: Written, now: Timestamp, _ db: Database
    ) throws -> Written {
        let update = PaymentUpdate(
            .reversing, reason: .storageFailed, note: "the mirror could not be written")
        let (payment, change) = try apply(update, to: written.payment, now: now, db)
        return Written(payment: payment, from: written.from, change: change)
    }

    /// After a commit. The payer of an approval waits for a mirror that may fail.
    private func tell(_ written: Written) {
        if let mirror {
            switch (written.isApproval, mirror.isRequired) {
            case (true, true): break
            case (true, false): _ = mirror.secure(written.payment, change: written.change)
            case (false, _):
                if written.isOpen { mirror.note(written.payment, change: written.change) }
            }
        }
        if let change = written.change { publish(written.payment, change) }
    }
}

/// What a transaction did to a payment.
struct Written {
    var payment: Payment
    /// The state before; nil when nothing was written.
    var from: PaymentState?
    /// Its line of history; nil for a mark.
    var change: Int64?

    /// Whether its payer is about to be told "yes" without the platform.
    var isApproval: Bool { payment.state == .accepted && from.map { !$0.isDecided } == true }

    /// Whether a second machine must know of it.
    var isOpen: Bool {
        guard let from else { return false }
        return PaymentState.open.contains(payment.state) || PaymentState.open.contains(from)
    }

    /// The payment of a transaction that came to nothing, for a mirror that has its approval.
    var undone: Payment {
        var undone = payment
        undone.state = from ?? payment.state
        (undone.reason, undone.offline) = (nil, false)
        return undone
    }
}

/// The open payments, read page by page: the medium takes its time between two short reads, and a
/// transaction that waited for it would keep the log from ever beginning anew.
///
/// The pages are not of one moment. That does no harm: what changes after the beginning was asked
/// for is noted as well, and stands in the lines behind it.
private struct OpenRows: OpenPayments {
    let pool: DatabasePool

    private static let pageSize = 256

    func forEach(_ body: (Payment, _ change: Int64) throws -> Void) throws {
        var last: Int64 = 0
        while true {
            let page = try page(after: last)
            for line in page { try body(line.payment, line.id) }
            guard page.count == Self.pageSize, let end = page.last else { return }
            last = end.payment.id
        }
    }

    private func page(after id: Int64) throws -> [LedgerChange] {
        let states = PaymentState.open.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
        return try pool.read { db in
            try PaymentRow.fetch(
                db, where: "state IN (\(states)) AND id > ? ORDER BY id LIMIT ?",
                [id, Self.pageSize]
            ).map { LedgerChange(id: try HistoryRow.newest(of: $0, db), payment: $0) }
        }
    }

    func knows(_ seq: String) throws -> Bool {
        try pool.read { db in
            try Int.fetchOne(
                db, sql: "SELECT 1 FROM payments WHERE seq = ?", arguments: [seq]) != nil
        }
    }
}
