import TerminalCore

@testable import Ledger

/// What the callers of a ledger may rely on at one moment, kept outside of it.
struct Promises {
    /// Approvals that were returned, so that a payer may have been told.
    private var approved: Set<String> = []
    /// Send marks that were returned, so that a POST may have left: attempts by order number.
    private var sent: [String: Int] = [:]
    private var newest = ""

    /// What the ledger returned after a change.
    mutating func returned(_ payment: Payment) {
        if payment.state.isApproved { approved.insert(payment.seq) }
        if payment.attempts > 0 { sent[payment.order] = payment.attempts }
        newest = max(newest, payment.seq, payment.order)
    }

    /// A change that takes back what was promised is about to be tried.
    mutating func mayEnd(_ payment: Payment) {
        approved.remove(payment.seq)
        sent[payment.order] = nil
    }

    /// What a ledger that was opened again after a loss of power does not keep.
    func broken(in ledger: Ledger) async throws -> [String] {
        var found = try await ledger.integrityProblems()
        found += try await ledger.brokenHistories().map { "\($0): its history has a hole" }
        let payments = try await ledger.everyPayment()
        let bySeq = Dictionary(uniqueKeysWithValues: payments.map { ($0.seq, $0) })
        for seq in approved where bySeq[seq]?.state.isApproved != true {
            found.append("\(seq): told approved, now \(bySeq[seq]?.state.rawValue ?? "gone")")
        }
        let byOrder = Dictionary(uniqueKeysWithValues: payments.map { ($0.order, $0) })
        for (order, attempts) in sent where (byOrder[order]?.attempts ?? 0) < attempts {
            found.append("\(order): sent, and the mark is gone")
        }
        let mark = try await ledger.sequenceMark()
        if let number = Int64(newest.dropFirst(4)), mark < number {
            found.append("the mark of order numbers went back to \(mark) from \(newest)")
        }
        return found
    }
}
