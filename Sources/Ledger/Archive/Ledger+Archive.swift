internal import GRDB
public import TerminalCore

/// What one step of archiving did.
public struct ArchiveStep: Hashable, Sendable {
    /// How many payments went to the archive.
    public var moved: Int
    /// Where the next step begins; nil when nothing old is left.
    public var next: Int64?
}

extension Ledger {
    /// Moves old payments that are closed from the ledger to the file of their year, after row
    /// `id`: a few of them, so that payers hardly wait.
    ///
    /// Copies, syncs, then deletes; a stop at any point leaves each payment in the ledger or in
    /// both, and the next attempt copies it again. What is not closed stays, however old, and so
    /// does the newest line of the history.
    public nonisolated func archive(
        after id: Int64, olderThan limit: Timestamp
    ) async throws(LedgerError) -> ArchiveStep {
        let archiver = archiver
        let (entries, next) = try await LedgerThread.run { () throws(LedgerError) in
            do {
                let (candidates, next) = try archiver.candidates(after: id, olderThan: limit)
                return (try archiver.copy(candidates), next)
            } catch {
                throw LedgerError(error)
            }
        }
        return ArchiveStep(moved: try await removeArchived(entries), next: next)
    }

    nonisolated var archiver: Archiver { Archiver(pool: pool, path: path) }

    /// Deletes what still is as it was copied; each deleted line is noted for the audit chain.
    func removeArchived(_ entries: [ArchiveEntry]) throws(LedgerError) -> Int {
        guard !entries.isEmpty else { return 0 }
        return try write { db in
            var moved = 0
            for entry in entries where try ArchiveEntry(entry.id, db) == entry {
                for line in entry.lines {
                    try ArchivedRuns.note(line.id, line.hash, with: audit.key, db)
                }
                for statement in [
                    "DELETE FROM history WHERE payment = ?", "DELETE FROM payments WHERE id = ?",
                ] {
                    try db.cachedStatement(sql: statement).execute(arguments: [entry.id])
                }
                moved += 1
            }
            return moved
        }
    }
}
