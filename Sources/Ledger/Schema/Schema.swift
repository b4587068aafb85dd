internal import GRDB

/// The tables and what SQLite itself guards. One named migration per released version, each a text
/// of its own that never changes.
enum Schema {
    static func migrate(_ pool: DatabasePool, audit: AuditKey) throws {
        let migrator = migrator(audit)
        guard try !pool.read(migrator.hasBeenSuperseded) else { throw LedgerError.tooNew }
        try migrator.migrate(pool)
    }

    private static func migrator(_ audit: AuditKey) -> DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("0.1") { db in try run(version0_1, db) }
        migrator.registerMigration("0.2") { db in
            try run(version0_2, db)
            try AuditChain(key: audit).signOldLines(db)
            try run(version0_2guards, db)
        }
        return migrator
    }

    private static func run(_ statements: [String], _ db: Database) throws {
        for statement in statements { try db.execute(sql: statement) }
    }
}
