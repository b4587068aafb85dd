internal import GRDB

/// The tables and what SQLite itself guards. One named migration per released version, each a text
/// of its own that never changes.
enum Schema {
    /// The released versions, oldest first.
    static let versions = ["0.1", "0.2"]

    static func migrate(_ pool: DatabasePool, audit: AuditKey) throws {
        guard try !pool.read(isTooNew) else { throw LedgerError.tooNew }
        try migrator(audit).migrate(pool)
    }

    /// Whether a newer program wrote it.
    static func isTooNew(_ db: Database) throws -> Bool {
        try !DatabaseMigrator().appliedIdentifiers(db).isSubset(of: versions)
    }

    static func migrator(_ audit: AuditKey) -> DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("0.1") { db in try run(version0_1, db) }
        migrator.registerMigration("0.2") { db in
            try run(version0_2, db)
            try AuditChain(key: audit).signOldLines(db)
            try run(version0_2guards, db)
            try run(version0_2lostList, db)
            try run(version0_2report, db)
        }
        return migrator
    }

    private static func run(_ statements: [String], _ db: Database) throws {
        for statement in statements { try db.execute(sql: statement) }
    }
}
