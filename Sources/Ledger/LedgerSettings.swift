public import TerminalCore

/// What a ledger is opened with.
public struct LedgerSettings: Sendable {
    /// The SQLite file; its lock and its archives stand beside it.
    public var path: String
    /// Makes the order numbers.
    public var sequence: Sequence
    /// Written into each new payment.
    public var platform: PlatformIdentity
    /// Signs the history.
    public var auditKey: AuditKey
    /// Dates each payment beside the wall clock's word, which comes with each call.
    public var clock: any TerminalClock
    /// Learns of each change; see ``Ledger/beginMirror()``.
    public var mirror: (any PaymentMirror)?
    /// Finishes what ``Ledger/setAside(_:mirror:now:)`` has begun.
    var directoryCalls: any DirectoryCalls = SystemDirectoryCalls()

    public init(
        path: String, sequence: Sequence, platform: PlatformIdentity, auditKey: AuditKey,
        clock: any TerminalClock = SystemTerminalClock(), mirror: (any PaymentMirror)? = nil
    ) {
        self.path = path
        self.sequence = sequence
        self.platform = platform
        self.auditKey = auditKey
        self.clock = clock
        self.mirror = mirror
    }
}
