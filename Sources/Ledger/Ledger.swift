internal import GRDB
public import TerminalCore

/// Every payment of this terminal, in one SQLite file that one process holds.
///
/// Writing is synchronous and serial on a thread of the ledger's own, because a commit waits for
/// the disk; each change is one transaction, on disk before the call returns.
public actor Ledger {
    private let executor: LedgerExecutor
    private let lock: LedgerLock
    let pool: DatabasePool
    let sequence: Sequence
    let platform: PlatformIdentity
    let changeFeed = ChangeFeed()

    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    /// Opens or creates the ledger at `path` (mode 0600) and takes its lock.
    ///
    /// `sequence` makes the order numbers, `platform` is written into each new payment. Throws
    /// ``LedgerError/locked(_:)`` when another agent holds it, ``LedgerError/notDurable(_:)`` when
    /// SQLite does not promise to sync each commit.
    public init(path: String, sequence: Sequence, platform: PlatformIdentity) throws(LedgerError) {
        self.sequence = sequence
        self.platform = platform
        lock = try LedgerLock(path: path + ".lock")
        pool = try LedgerFile.open(path)
        executor = LedgerExecutor()
    }

    /// Runs `work` in one durable transaction.
    func write<T>(_ work: (Database) throws -> T) throws(LedgerError) -> T {
        do {
            return try pool.write(work)
        } catch {
            throw LedgerError(error)
        }
    }

    /// Runs `work` on a reader's connection, beside the writer.
    nonisolated func read<T: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> T
    ) async throws(LedgerError) -> T {
        do {
            return try await pool.read(work)
        } catch {
            throw LedgerError(error)
        }
    }
}
