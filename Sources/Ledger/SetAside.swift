internal import GRDB
internal import Glibc
public import TerminalCore

extension Ledger {
    /// Renames a damaged ledger and its log, so that the next start makes a new one; nothing is
    /// deleted. Returns the new name.
    ///
    /// The new ledger goes on above the old one's order numbers when these can still be read.
    /// Throws ``LedgerError/whole(_:)`` for a file without damage, ``LedgerError/locked(_:)`` while
    /// an agent runs.
    public static func setAside(
        _ settings: LedgerSettings, now: Timestamp
    ) async throws(LedgerError) -> String {
        let mark = try putAway(settings.path, now: now)
        let fresh = try Ledger(settings)
        if let mark = mark.value { try await fresh.raiseSequence(to: mark) }
        return mark.name
    }

    private func raiseSequence(to mark: Int64) throws(LedgerError) {
        try write { db in try Marks.raise("sequence", to: mark, db) }
    }

    /// Holds the lock while the files change their names.
    private static func putAway(
        _ path: String, now: Timestamp
    ) throws(LedgerError) -> (name: String, value: Int64?) {
        let lock = try LedgerLock(path: path + ".lock")
        defer { withExtendedLifetime(lock) {} }
        guard access(path, F_OK) == 0 else { throw LedgerError(errno: errno, path) }
        let (isWhole, mark) = inspect(path)
        if isWhole { throw .whole(path) }
        let name = "\(path).corrupt-\(now.milliseconds / 1_000)"
        // The log first: SQLite would delete one that it finds beside a new, empty file.
        for suffix in ["-wal", "-shm", ""] where access(path + suffix, F_OK) == 0 {
            guard rename(path + suffix, name + suffix) == 0 else {
                throw LedgerError(errno: errno, path + suffix)
            }
        }
        try syncDirectory(of: path)
        return (name, mark)
    }

    /// Looks at the whole file without writing to it or to its log.
    private static func inspect(_ path: String) -> (isWhole: Bool, mark: Int64?) {
        var configuration = Configuration()
        configuration.readonly = true
        guard let queue = try? DatabaseQueue(path: path, configuration: configuration) else {
            return (false, nil)
        }
        let mark = try? queue.read { db in try Marks.read("sequence", db) }
        let words = try? queue.read { db in
            try String.fetchAll(db, sql: "PRAGMA integrity_check(1)")
        }
        return (words == ["ok"] && mark != nil, mark ?? nil)
    }

    private static func syncDirectory(of path: String) throws(LedgerError) {
        let directory = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let descriptor = Glibc.open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw LedgerError(errno: errno, directory) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw LedgerError(errno: errno, directory) }
    }
}
