internal import GRDB

/// Schema 0.3, as it was released: this text never changes.
///
/// A payment by a code that is good once has no card, and only what was approved offline needs one.
extension Schema {
    private static let cardAlways =
        "CHECK (state IN ('awaiting_card', 'cancelled') OR card IS NOT NULL)"
    private static let cardOffline =
        "CHECK (state NOT IN ('accepted', 'held', 'rejected') OR card IS NOT NULL)"

    /// Exchanges the CHECK in the table's own text, as SQLite describes it for a change that leaves
    /// all rows as they are (https://sqlite.org/lang_altertable.html, 7): making the table anew
    /// would take minutes for a million payments.
    static func version0_3(_ db: Database) throws {
        let version = try Int.fetchOne(db, sql: "PRAGMA schema_version") ?? 0
        try db.execute(sql: "PRAGMA writable_schema = ON")
        try db.execute(
            sql: """
                UPDATE sqlite_master SET sql = replace(sql, ?, ?)
                WHERE type = 'table' AND name = 'payments' AND instr(sql, ?) > 0
                """, arguments: [cardAlways, cardOffline, cardAlways])
        guard db.changesCount == 1 else { throw LedgerError.unusable("an unknown table payments") }
        try db.execute(sql: "PRAGMA schema_version = \(version + 1)")
        // Reads the text anew in this connection; the others see the new version.
        try db.execute(sql: "PRAGMA writable_schema = RESET")
    }
}
