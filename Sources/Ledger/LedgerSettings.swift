public import Sealing
public import TerminalCore

/// What a ledger is opened with.
public struct LedgerSettings: Sendable {
    /// The SQLite file; its lock and its archives stand beside it.
    public var path: String
    /// Makes the order numbers.
    public var sequence: SeqGenerator
    /// Written into each new payment.
    public var platform: PlatformIdentity
    /// Signs the history.
    public var auditKey: AuditKey
    /// Seals the card numbers; without it they are kept as they are.
    public var cardSeal: CardSeal?
    /// Who can open the cards when this machine is lost; of no use without ``cardSeal``.
    public var recoveryKey: RecoveryKey?
    /// Reads what is sealed without a key, and leaves those cards out: for a copy that is only
    /// looked at.
    public var leavesSealed = false
    /// Keys that may have signed before ``auditKey`` did, for ``Ledger/verify(progress:)``.
    public var formerAuditKeys: [AuditKey] = []
    /// Dates each payment beside the wall clock's word, which comes with each call.
    public var clock: any TerminalClock
    /// Learns of each change; see ``Ledger/beginMirror()``.
    public var mirror: (any PaymentMirror)?
    /// How long a transaction that several may share waits for them after the first one came, as
    /// PostgreSQL's `commit_delay`; zero for not at all.
    public var commitDelay = Duration.zero
    /// Finishes what ``Ledger/setAside(_:mirror:now:)`` has begun.
    var directoryCalls: any DirectoryCalls = SystemDirectoryCalls()

    public init(
        path: String, sequence: SeqGenerator, platform: PlatformIdentity, auditKey: AuditKey,
        cardSeal: CardSeal? = nil, recoveryKey: RecoveryKey? = nil,
        clock: any TerminalClock = SystemTerminalClock(), mirror: (any PaymentMirror)? = nil
    ) {
        self.path = path
        self.sequence = sequence
        self.platform = platform
        self.auditKey = auditKey
        self.cardSeal = cardSeal
        self.recoveryKey = recoveryKey
        self.clock = clock
        self.mirror = mirror
    }
}
