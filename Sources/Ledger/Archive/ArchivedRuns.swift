internal import FoundationEssentials
internal import GRDB

/// Lines of history that went to the archive, without a gap: a checkpoint of the audit chain.
struct ArchivedRun {
    var first: Int64
    var last: Int64
    /// The hash of the last line, from which the chain goes on.
    var hash: Data
    /// The audit key's word for the rest.
    var proof: Data

    /// Made by the holder of `key` only.
    init(first: Int64, last: Int64, hash: Data, provedWith key: AuditKey) {
        (self.first, self.last, self.hash) = (first, last, hash)
        proof = key.sign(Self.message(first, last, hash))
    }

    /// Throws when a column holds what the agent never writes there.
    init(_ row: Row) throws {
        (first, last) = (try row.value(0), try row.value(1))
        (hash, proof) = (try row.value(2), try row.value(3))
    }

    func isProved(with key: AuditKey) -> Bool {
        key.sign(Self.message(first, last, hash)) == proof
    }

    private static func message(_ first: Int64, _ last: Int64, _ hash: Data) -> Data {
        Data("kiosk-agent archived \(first) \(last)\n".utf8) + hash
    }
}

/// The runs inside a transaction.
enum ArchivedRuns {
    static func all(_ db: Database) throws -> [ArchivedRun] {
        try rows(db).map { try ArchivedRun($0) }
    }

    /// Each run as its row, in the order of the lines.
    static func rows(_ db: Database) throws -> [Row] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT first_history, last_history, hash, proof FROM archived
                ORDER BY first_history
                """)
    }

    /// Notes that line `id` with `hash` is in the archive; joins it to the runs at its sides.
    static func note(_ id: Int64, _ hash: Data, with key: AuditKey, _ db: Database) throws {
        let before = try find(db, "last_history = ?", id - 1)
        let after = try find(db, "first_history = ?", id + 1)
        let run = ArchivedRun(
            first: before?.first ?? id, last: after?.last ?? id, hash: after?.hash ?? hash,
            provedWith: key)
        try write(run, db)
        guard let after else { return }
        try db.execute(
            sql: "DELETE FROM archived WHERE first_history = ?", arguments: [after.first])
    }

    /// A new key vouches for all of them from now on.
    static func proveAll(with key: AuditKey, _ db: Database) throws {
        for run in try all(db) {
            try write(
                ArchivedRun(first: run.first, last: run.last, hash: run.hash, provedWith: key), db)
        }
    }

    private static func write(_ run: ArchivedRun, _ db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO archived (first_history, last_history, hash, proof)
                VALUES (?, ?, ?, ?) ON CONFLICT (first_history) DO UPDATE
                SET last_history = excluded.last_history, hash = excluded.hash,
                    proof = excluded.proof
                """)
        try statement.execute(arguments: [run.first, run.last, run.hash, run.proof])
    }

    private static func find(
        _ db: Database, _ condition: String, _ id: Int64
    ) throws -> ArchivedRun? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT first_history, last_history, hash, proof FROM archived WHERE \(condition)
                """)
        return try Row.fetchOne(statement, arguments: [id]).map { try ArchivedRun($0) }
    }
}
