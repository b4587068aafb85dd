internal import Synchronization
public import TerminalCore

/// What a ledger has done since it was opened.
///
/// Not what stands in it: counting a million rows for each look would take the disk from payers.
public struct LedgerTally: Hashable, Sendable {
    /// What one line of history says: a payment came to this state, or got another order number.
    public struct Change: Hashable, Sendable {
        public var state: PaymentState
        public var reason: Reason?

        public init(state: PaymentState, reason: Reason? = nil) {
            self.state = state
            self.reason = reason
        }
    }

    /// Transactions that ended well; each that changed something was synced.
    public internal(set) var commits: UInt64 = 0
    public internal(set) var changes: [Change: UInt64] = [:]
    /// Payments that were approved without the platform.
    public internal(set) var offlineApprovals: UInt64 = 0
}

/// Counts beside the writer. Its lock is free but for a scrape, and memory is taken only at the
/// first change of a kind: beside a commit that waits for the disk it is nothing.
final class LedgerCounter: Sendable {
    private let tally = Mutex(LedgerTally())

    var now: LedgerTally { tally.withLock { $0 } }

    func committed() { tally.withLock { $0.commits += 1 } }

    func approvedOffline() { tally.withLock { $0.offlineApprovals += 1 } }

    /// One more line of history is committed, and `payment` stands at it.
    func changed(_ payment: Payment) {
        let change = LedgerTally.Change(state: payment.state, reason: payment.reason)
        tally.withLock { $0.changes[change, default: 0] += 1 }
    }
}

extension Ledger {
    /// The counts as they are now; waits for no transaction.
    public nonisolated var tally: LedgerTally { counter.now }
}
