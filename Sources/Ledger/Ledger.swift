internal import GRDB
internal import Sealing
internal import Synchronization
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
    let sequence: SeqGenerator
    let platform: PlatformIdentity
    let audit: AuditChain
    let formerAuditKeys: [AuditKey]
    let cards: CardColumn
    let clock: any TerminalClock
    let commitDelay: Duration
    /// The number of this start of the machine.
    let boot: Int64
    let changeFeed = ChangeFeed<LedgerChange>()
    let counter = LedgerCounter()
    let storage: Storage
    let mirror: (any PaymentMirror)?
    /// Whether a lost list is on its way in.
    var isImporting = false
    /// Whether the start is noted; while the disk is full, that is left to the first transaction
    /// that it takes.
    var isBegun: Bool
    var exposure = Exposure()
    /// The approval that a required mirror was asked to hold in the transaction under way.
    var claim: Written?
    /// What is to be decided in the next transaction that several share.
    nonisolated let letters = Mutex(Letters())
    /// What ``closeAbandoned(now:)`` has still to close, and why.
    var abandoned: [String: Reason] = [:]
    /// The newest row that this start found: what is behind it was begun since.
    let lastFound: Int64
    /// What a stop left behind and ``recover(now:)`` has still to close; nil when that is done.
    var leftOpen: [Payment]?

    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    /// Opens or creates the ledger (mode 0600), takes its lock and brings an older file up to date.
    ///
    /// Throws ``LedgerError/locked(_:)`` when another agent holds it,
    /// ``LedgerError/notDurable(_:)`` when SQLite does not promise to sync each commit,
    /// ``LedgerError/tooNew`` for the file of a newer program, ``LedgerError/cardsSealed`` and
    /// ``LedgerError/otherDataKey`` when its card numbers are sealed with a key that is not given.
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
        commitDelay = settings.commitDelay
        mirror = settings.mirror
        formerAuditKeys = settings.formerAuditKeys
        lock = try LedgerLock(path: settings.path + ".lock")
        let aside = try SetAside.unfinished(settings)
        try aside?.move()
        let (audit, storage) = (AuditChain(key: settings.auditKey), Storage(path: settings.path))
        let cards = CardColumn(
            seal: settings.cardSeal, recovery: settings.recoveryKey,
            leavesSealed: settings.leavesSealed)
        let pool = try storage.opening { () throws(LedgerError) in
            try LedgerFile.open(settings.path, audit: settings.auditKey, cards: cards)
        }
        let boot: Int64
        (boot, lastFound) = try Self.found(pool, settings.clock)
        isBegun = try storage.beginning { () throws(LedgerError) in
            try Ledger.begin(pool, audit, cards, boot, settings.clock)
        }
        try aside?.end(pool)
        (self.audit, self.cards, self.storage) = (audit, cards, storage)
        (self.pool, self.boot) = (pool, boot)
        readsInline = executor != nil
        self.executor = executor ?? LedgerExecutor()
        storage.makeReserve()
    }

    /// The number of this start of the machine, and the newest row.
    private static func found(
        _ pool: DatabasePool, _ clock: any TerminalClock
    ) throws(LedgerError) -> (boot: Int64, row: Int64) {
        do {
            return try pool.read { db in
                let row = try Int64.fetchOne(
                    db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'payments'")
                return (try Boots.number(clock, db), row ?? 0)
            }
        } catch {
            throw LedgerError(error)
        }
    }

    private static func begin(
        _ pool: DatabasePool, _ audit: AuditChain, _ cards: CardColumn, _ boot: Int64,
        _ clock: any TerminalClock
    ) throws(LedgerError) {
        do {
            try pool.write { db in try begin(audit, cards, boot, clock, db) }
        } catch {
            throw LedgerError(error)
        }
    }

    /// Notes this start of the machine and the keys that sign and seal from now on.
    static func begin(
        _ audit: AuditChain, _ cards: CardColumn, _ boot: Int64, _ clock: any TerminalClock,
        _ db: Database
    ) throws {
        try audit.begin(db)
        try cards.note(db)
        try Boots.note(boot, clock, db)
    }
}
