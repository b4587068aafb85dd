internal import GRDB

/// The tables and what SQLite itself guards. One named migration per released version, each a text
/// of its own that never changes.
enum Schema {
    private struct Migration: Sendable {
        var name: String
        var change: @Sendable (Database, AuditKey) throws -> Void
    }

    /// In the order of their release.
    private static let migrations = [
        Migration(name: "0.1") { db, _ in try run(version0_1, db) },
        Migration(name: "0.2") { db, audit in
            try run(version0_2, db)
            try AuditChain(key: audit).signOldLines(db)
            try run(version0_2guards + version0_2lostList + version0_2report, db)
        },
        Migration(name: "0.3") { db, _ in try version0_3(db) },
        Migration(name: "0.4") { db, _ in try version0_4(db) },
    ]

    /// The names of all schemas that were ever released, oldest first.
    static var released: [String] { migrations.map(\.name) }

    static func migrate(_ pool: DatabasePool, audit: AuditKey) throws {
        guard try !pool.read(isTooNew) else { throw LedgerError.tooNew }
        try migrator(audit).migrate(pool)
    }

    static func migrator(_ audit: AuditKey) -> DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for migration in migrations {
            migrator.registerMigration(migration.name) { db in try migration.change(db, audit) }
        }
        return migrator
    }

    /// Whether a newer program has changed the tables.
    static func isTooNew(_ db: Database) throws -> Bool {
        try !DatabaseMigrator().appliedIdentifiers(db).isSubset(of: released)
    }

    private static func run(_ statements: [String], _ db: Database) throws {
        for statement in statements { try db.execute(sql: statement) }
    }
}
