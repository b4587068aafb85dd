internal import GRDB
internal import Glibc

/// Opens the SQLite file with the settings that the promises rest on.
enum LedgerFile {
    /// How long a statement waits for another connection, in seconds.
    static let busySeconds = 5.0
    /// What a reader's connection keeps of the file, in KiB. The system keeps the rest: with
    /// SQLite's own measure three readers took 6 MB for the same pages.
    static let readersCacheKibibytes = 512
    /// What the writer's connection keeps: SQLite's own measure.
    static let writersCacheKibibytes = 2_000
    /// `PRAGMA synchronous` of FULL.
    static let fullSynchronous = 2

    static func open(
        _ path: String, audit: AuditKey, cards: CardColumn = .plain
    ) throws(LedgerError) -> DatabasePool {
        try makePrivate(path)
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(busySeconds)
        configuration.maximumReaderCount = 3
        configuration.label = "ledger"
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA cache_size = -\(readersCacheKibibytes)")
        }
        do {
            let pool = try DatabasePool(path: path, configuration: configuration)
            try harden(pool)
            if cards.seal != nil { try eraseDeleted(pool) }
            try Schema.migrate(pool, audit: audit)
            try pool.read { db in try cards.check(db) }
            return pool
        } catch let error as LedgerError {
            throw error
        } catch {
            throw LedgerError(error).opening(path)
        }
    }

    /// GRDB lowers `synchronous` to NORMAL when it turns WAL on, so it is set afterwards and read
    /// back: an approval must survive the loss of power.
    static func harden(_ pool: DatabasePool) throws {
        try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = FULL")
            try db.execute(sql: "PRAGMA cache_size = -\(writersCacheKibibytes)")
            // REPLACE deletes rows; only with this do the triggers that forbid it see it.
            try db.execute(sql: "PRAGMA recursive_triggers = ON")
            try checkDurable(db)
        }
    }

    /// What is deleted is overwritten too: a number that was sealed must not stay in a free page.
    private static func eraseDeleted(_ pool: DatabasePool) throws {
        try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA secure_delete = ON")
        }
    }

    /// Throws ``LedgerError/notDurable(_:)`` unless this connection syncs each commit.
    static func checkDurable(_ db: Database) throws {
        let level = try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? -1
        guard level == fullSynchronous else { throw LedgerError.notDurable(level) }
    }

    /// Creates the file with mode 0600 before SQLite does, and takes rights away from an older one.
    static func makePrivate(_ path: String) throws(LedgerError) {
        let descriptor = Glibc.open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0, fchmod(descriptor, 0o600) == 0 else {
            throw LedgerError(errno: errno, path)
        }
        close(descriptor)
    }
}

extension LedgerError {
    /// This error of an opening, with the file's name.
    fileprivate func opening(_ path: String) -> LedgerError {
        guard case .storage(let code, let text) = self else { return self }
        return trouble == nil
            ? .unusable("\(path): \(text) (\(code))") : .storage(code: code, "\(path): \(text)")
    }
}
