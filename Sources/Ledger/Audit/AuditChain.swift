internal import FoundationEssentials
internal import GRDB

/// Signs the lines of history: each hash vouches for its line and for the hash before it.
struct AuditChain: Sendable {
    let key: AuditKey

    /// The number and the hash that the next line is made from.
    ///
    /// SQLite's own counter gives the number: it remembers lines that somebody took away.
    static func end(_ db: Database) throws -> (next: Int64, hash: Data?) {
        let execution = try Execution(
            """
            SELECT (SELECT seq FROM sqlite_sequence WHERE name = 'history'),
                (SELECT hash FROM history ORDER BY id DESC LIMIT 1)
            """, db)
        let end = try execution.first { row in
            (last: try row.value(0) as Int64?, hash: try row.value(1) as Data?)
        }
        guard let end else { return (1, nil) }
        return (min(end.last ?? 0, .max - 1) + 1, end.hash)
    }

    func hash(of line: AuditLine, after previous: Data?) -> Data {
        key.sign(line.message(after: previous))
    }

    /// Begins a new segment when another key signed last; once at each start.
    func begin(_ db: Database) throws {
        let last = try Data.fetchOne(
            db, sql: "SELECT fingerprint FROM audit_keys ORDER BY first_history DESC LIMIT 1")
        guard last != key.fingerprint else { return }
        try db.execute(
            sql: """
                INSERT INTO audit_keys (first_history, fingerprint) VALUES (?, ?)
                ON CONFLICT (first_history) DO UPDATE SET fingerprint = excluded.fingerprint
                """, arguments: [try Self.end(db).next, key.fingerprint])
        try ArchivedRuns.proveAll(with: key, db)
    }

    /// How many lines are in memory at once.
    private static let batch = 1_000

    /// Signs the lines of a ledger of program 0.1, which had no chain: what they say now is what
    /// the chain vouches for.
    func signOldLines(_ db: Database) throws {
        var (last, hash): (Int64, Data?) = (0, nil)
        let select = try db.makeStatement(sql: Self.batchStatement)
        let update = try db.makeStatement(sql: "UPDATE history SET hash = ? WHERE id = ?")
        while true {
            let lines = try Row.fetchAll(select, arguments: [last, Self.batch]).map {
                try AuditLine($0, .plain)
            }
            guard let end = lines.last else { break }
            for line in lines {
                let next = self.hash(of: line, after: hash)
                try update.execute(arguments: [next, line.id])
                hash = next
            }
            last = end.id
        }
        guard last > 0 else { return }
        try db.execute(
            sql: "INSERT INTO audit_keys (first_history, fingerprint) VALUES (1, ?)",
            arguments: [key.fingerprint])
    }

    private static let batchStatement = """
        SELECT \(AuditLine.columns) FROM history JOIN payments ON payments.id = history.payment
        WHERE history.id > ? ORDER BY history.id LIMIT ?
        """
}
