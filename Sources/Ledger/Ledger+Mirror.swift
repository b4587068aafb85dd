internal import GRDB
internal import TerminalCore

extension Ledger {
    /// Has the mirror begin anew with everything that is open. Does nothing without a mirror.
    ///
    /// What was committed before this call is in the beginning, as that is read later; what is
    /// committed after it is noted after it.
    public func beginMirror() { mirror?.begin(OpenRows(pool: pool, cards: cards)) }

    /// Whether there is a mirror.
    public nonisolated var isMirrored: Bool { mirror != nil }

    /// What is wrong with the mirror; nil when all is well, or without one.
    public nonisolated var mirrorProblem: String? { mirror?.problem }

    /// Changes one payment in one durable transaction: then the mirror learns of it, then everybody
    /// else. Returns the payment as it stands.
    ///
    /// `work` asks ``holds(_:from:_:)`` before it writes an approval, so that none ever stands
    /// without its required mirror. When nothing can be committed after that, the payment is what
    /// it was, and the mirror is given a line that takes the approval back.
    func change(
        _ purpose: Storage.Work = .finishes, _ work: (Database) throws -> Written
    ) throws(LedgerError) -> Payment {
        defer { claim = nil }
        do throws(LedgerError) {
            let written = try write(purpose, work)
            if let from = written.from { exposure.changed(written.payment, from: from) }
            tell(written)
            return written.payment
        } catch {
            exposure.forget()
            if let claim { mirror?.note(claim.undone, change: nil) }
            throw error
        }
    }

    /// Changes several payments, none of which is approved by it, in one durable transaction.
    func changeAll(_ work: (Database) throws -> [Written]) throws(LedgerError) -> [Payment] {
        do throws(LedgerError) {
            let all = try write(.finishes, work)
            for written in all {
                if let from = written.from { exposure.changed(written.payment, from: from) }
                tell(written)
            }
            return all.map(\.payment)
        } catch {
            exposure.forget()
            throw error
        }
    }

    /// Whether `payment`, which is about to be written over a row in the state `from`, may be
    /// written as far as the mirror goes: an approval only when a required mirror has it already.
    private func holds(
        _ payment: Payment, from: PaymentState, _ db: Database
    ) throws -> Bool {
        guard let mirror, mirror.isRequired else { return true }
        var made = Written(payment: payment, from: from)
        guard made.isApproval else { return true }
        made.change = try AuditChain.end(db).next
        claim = made
        return mirror.secure(made.payment, change: made.change)
    }

    /// `tapped`, or its refusal when a required mirror cannot hold its approval.
    func held(_ tapped: Payment, over waiting: Payment, _ db: Database) throws -> Payment {
        var row = tapped
        row.revision += 1
        if try holds(row, from: waiting.state, db) { return tapped }
        var refused = tapped
        (refused.state, refused.reason) = (.refused, .storageFailed)
        (refused.offline, refused.decision) = (false, .refuse(.storageFailed))
        return refused
    }

    /// `update` of `payment`, or the payer's "no" in its place when a required mirror cannot hold
    /// its approval: what may have been charged is then undone.
    func held(
        _ update: PaymentUpdate, of payment: Payment, now: Timestamp, _ db: Database
    ) throws -> PaymentUpdate {
        guard update.state == .accepted, !payment.state.isDecided else { return update }
        let next = payment.applying(
            update, at: now, bootTime: bootTime, freshOrder: payment.order)
        if try holds(next, from: payment.state, db) { return update }
        var refusal = update
        refusal.state = next.mayBeCharged ? .reversing : .refused
        refusal.reason = .some(.storageFailed)
        refusal.offline = nil
        refusal.note = "the mirror could not be written"
        return refusal
    }

    /// After a commit. The payer of an approval waits for a mirror that may fail.
    private func tell(_ written: Written) {
        if written.isApproval { counter.approvedOffline() }
        if let mirror {
            switch (written.isApproval, mirror.isRequired) {
            case (true, true): break
            case (true, false): _ = mirror.secure(written.payment, change: written.change)
            case (false, _):
                // An approval that the mirror did not confirm may reach its medium all the same.
                if written.isOpen || claim != nil {
                    mirror.note(written.payment, change: written.change)
                }
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
    let cards: CardColumn

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
                db, cards, where: "state IN (\(states)) AND id > ? ORDER BY id LIMIT ?",
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
