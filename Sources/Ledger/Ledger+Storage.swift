internal import GRDB

extension Ledger {
    /// Whether new payments can be kept, and why not.
    public nonisolated var health: StorageHealth { storage.health }

    /// Each new state of ``health`` from now on; who is slow sees the newest.
    public nonisolated func healthChanges() -> AsyncStream<StorageHealth> { storage.changes() }

    /// Finds out whether a disk in trouble is well again: whether the reserve can be made, there is
    /// room beside it, and a write reaches the disk. A damaged file stays damaged.
    @discardableResult
    public func probe() -> StorageHealth {
        guard let trouble = health.trouble, trouble != .corrupt else { return health }
        if trouble == .full, !storage.reserve.hasRoom { return health }
        guard storage.makeReserve() else { return health }
        do throws(LedgerError) {
            try transact(Self.touch)
            storage.recovered()
        } catch {
            _ = storage.failed(error, .begins)
        }
        return health
    }

    /// Runs `work` in one durable transaction.
    ///
    /// Work that begins something is refused while the disk is in trouble; work that finishes
    /// something is tried, and once more with the room of the reserve when the disk is full.
    func write<T>(
        _ purpose: Storage.Work = .finishes, _ work: (Database) throws -> T
    ) throws(LedgerError) -> T {
        try admit(purpose)
        do throws(LedgerError) {
            return try transact(work)
        } catch {
            switch storage.failed(error, purpose) {
            case .none: throw error
            case .disown:
                disown()
                throw error
            case .releaseReserve:
                storage.reserve.release()
                return try lastAttempt(work)
            }
        }
    }

    /// Runs `work` on the writer's connection, on the ledger's own thread, between two
    /// transactions: nobody else writes, so that it needs none of its own, and no turn of the
    /// readers. `work` writes nothing.
    func readNow<T>(_ work: (Database) throws -> T) throws(LedgerError) -> T {
        do {
            return try pool.writeWithoutTransaction(work)
        } catch {
            throw noted(error)
        }
    }

    /// Runs `work` on a reader's connection, beside the writer.
    nonisolated func read<T: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> T
    ) async throws(LedgerError) -> T {
        do {
            return readsInline ? try inline(work) : try await pool.read(work)
        } catch {
            throw noted(error)
        }
    }

    /// Holds the calling thread.
    private nonisolated func inline<T>(_ work: (Database) throws -> T) throws -> T {
        try pool.read(work)
    }

    private func admit(_ purpose: Storage.Work) throws(LedgerError) {
        switch storage.admission(purpose) {
        case .write: return
        case .probe: if let refusal = probe().refusal { throw refusal }
        case .refuse: if let refusal = health.refusal { throw refusal }
        }
    }

    private func lastAttempt<T>(_ work: (Database) throws -> T) throws(LedgerError) -> T {
        do throws(LedgerError) {
            return try transact(work)
        } catch {
            if storage.failed(error, .finishes) != .none { disown() }
            throw error
        }
    }

    private func transact<T>(_ work: (Database) throws -> T) throws(LedgerError) -> T {
        do {
            let result = try pool.writeWithoutTransaction { db in
                try Transaction.run(db) {
                    if !isBegun { try Self.begin(audit, cards, boot, clock, db) }
                    return try work(db)
                }
            }
            isBegun = true
            storage.wrote()
            counter.committed()
            return result
        } catch {
            throw LedgerError(error)
        }
    }

    /// Overwrites what a failed commit may have left in the log.
    ///
    /// When the sync of a commit fails, its frames may stand whole in the log: SQLite has rolled
    /// back, and the caller says "no", but an agent that is killed now would find them and go by
    /// them at its next start. The next transaction overwrites them, so one is made at once.
    private func disown() {
        do throws(LedgerError) {
            try transact(Self.touch)
        } catch {
            _ = storage.failed(error, .begins)
            overwriteUnsynced()
        }
    }

    /// Disowns on a disk that takes writes and fails syncs.
    ///
    /// SQLite syncs the head of a log that begins anew before its first frame, and would stop
    /// there. What is not synced is still what a killed agent leaves behind, as the system has it.
    private func overwriteUnsynced() {
        try? pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = OFF")
            try db.inTransaction {
                try Self.touch(db)
                return .commit
            }
        }
        do {
            try LedgerFile.harden(pool)
        } catch {
            let corrupt = StorageTrouble.corrupt.code
            _ = storage.failed(.storage(code: corrupt, "\(LedgerError(error))"), .begins)
        }
    }

    /// The smallest change: it counts up a number of the file that nobody reads.
    private static func touch(_ db: Database) throws {
        let count = try Int32.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        try db.execute(sql: "PRAGMA user_version = \(count == .max ? 0 : count + 1)")
    }

    private nonisolated func noted(_ error: any Error) -> LedgerError {
        let error = LedgerError(error)
        _ = storage.failed(error, .begins)
        return error
    }
}
