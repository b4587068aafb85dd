internal import GRDB
internal import TerminalCore

/// Every payment of this terminal, in one SQLite file that one process holds.
///
/// Writing is synchronous and serial on a thread of the ledger's own, because a commit waits for
/// the disk; each change is one transaction, on disk before the call returns.
public actor Ledger {
    private let executor: any SerialExecutor
    /// Whether reads are made where they are asked for instead of beside the writer.
    let readsInline: Bool
    private let lock: LedgerLock
    let path: String
    let pool: DatabasePool
    let sequence: Sequence
    let platform: PlatformIdentity
    let audit: AuditChain
    let clock: any TerminalClock
    /// The number of this start of the machine.
    let boot: Int64
    let changeFeed = ChangeFeed<LedgerChange>()
    let storage: Storage
    let mirror: (any PaymentMirror)?
    /// Whether a lost list is on its way in.
    var isImporting = false

    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    /// Opens or creates the ledger (mode 0600), takes its lock and brings an older file up to date.
    ///
    /// Throws ``LedgerError/locked(_:)`` when another agent holds it,
    /// ``LedgerError/notDurable(_:)`` when SQLite does not promise to sync each commit,
    /// ``LedgerError/tooNew`` for the file of a newer program.
    ///
    /// A given `executor` takes the place of the ledger's own thread. Reads are then made on the
    /// caller's thread, so that whoever owns the executor determines the order of everything.
    public init(
        _ settings: LedgerSettings, executor: (any SerialExecutor)? = nil
    ) throws(LedgerError) {
        path = settings.path
        sequence = settings.sequence
        platform = settings.platform
        clock = settings.clock
        mirror = settings.mirror
        audit = AuditChain(key: settings.auditKey)
        lock = try LedgerLock(path: settings.path + ".lock")
        let storage = Storage(path: settings.path)
        pool = try storage.opening { () throws(LedgerError) in
            try LedgerFile.open(settings.path, audit: settings.auditKey)
        }
        boot = try Self.begin(pool, audit, settings.clock)
        self.storage = storage
        readsInline = executor != nil
        self.executor = executor ?? LedgerExecutor()
        storage.makeReserve()
    }

    /// Notes this start of the machine and the key that signs from now on.
    private static func begin(
        _ pool: DatabasePool, _ audit: AuditChain, _ clock: any TerminalClock
    ) throws(LedgerError) -> Int64 {
        do {
            return try pool.write { db in
                try audit.begin(db)
                return try Boots.current(clock, db)
            }
        } catch {
            throw LedgerError(error)
        }
    }
}
