internal import GRDB
internal import TerminalCore

/// The first two steps of archiving, beside the ledger's writer: find and copy.
struct Archiver: Sendable {
    /// A payment that may go, and the year of its file.
    struct Candidate: Sendable {
        var id: Int64
        var year: String
    }

    /// How many rows one step looks at, and moves at most.
    static let stepLength = 50

    let pool: DatabasePool
    let path: String

    /// The page of rows after `id`: what of it may go, and where the next page begins; nil when
    /// the page has nothing that is old enough.
    func candidates(
        after id: Int64, olderThan limit: Timestamp
    ) throws -> ([Candidate], next: Int64?) {
        try pool.read { db in
            let rows = try Row.fetchAll(
                try db.cachedStatement(sql: Self.pageStatement), arguments: [id, Self.stepLength])
            let old = try rows.filter { row in try row.value(2) < limit.milliseconds }
            let closed = try old.filter { row in try row.value(3) }
            return (
                try closed.map { row in Candidate(id: try row.value(0), year: try row.value(1)) },
                old.isEmpty ? nil : try rows.last.map { row in try row.value(0) }
            )
        }
    }

    /// Number, year, age, and whether it is closed for good. A payment that was made while no time
    /// server kept the clock right may be younger than it says: it stays.
    private static let pageStatement = """
        SELECT id, strftime('%Y', created_at / 1000, 'unixepoch'),
            max(created_at, updated_at),
            state IN ('cancelled', 'settled', 'refused', 'reversed', 'written_off')
                AND in_flight = 0 AND clock_synced = 1
                AND id <> (SELECT payment FROM history ORDER BY history.id DESC LIMIT 1)
        FROM payments WHERE id > ? ORDER BY id LIMIT ?
        """

    /// Writes the candidates into the files of their years, each synced before this returns.
    func copy(_ candidates: [Candidate]) throws -> [ArchiveEntry] {
        guard !candidates.isEmpty else { return [] }
        let tables = try pool.read { db in
            try [ArchiveTable("payments", db), ArchiveTable("history", db)]
        }
        return try Dictionary(grouping: candidates, by: \.year).sorted { $0.key < $1.key }
            .flatMap { year, candidates in
                let entries = try pool.read { db in
                    try candidates.compactMap { try ArchiveEntry($0.id, db) }
                }
                try ArchiveFile(year: year, beside: path).write(entries, tables)
                return entries
            }
    }
}
