internal import GRDB

/// Schema 0.4, as it was released: this text never changes.
///
/// Card numbers may stand sealed, which takes more letters, and one row says whose key it was.
extension Schema {
    private static let cardOfNumber = "CHECK (length(card) BETWEEN 1 AND 64)"
    private static let cardOfText = "CHECK (length(card) BETWEEN 1 AND 128)"

    static func version0_4(_ db: Database) throws {
        try widenCards(db)
        for statement in version0_4cards { try db.execute(sql: statement) }
    }

    /// In the tables' own text, as ``version0_3(_:)`` does it: all rows stay as they are.
    private static func widenCards(_ db: Database) throws {
        let version = try Int.fetchOne(db, sql: "PRAGMA schema_version") ?? 0
        try db.execute(sql: "PRAGMA writable_schema = ON")
        try db.execute(
            sql: """
                UPDATE sqlite_master SET sql = replace(sql, ?, ?)
                WHERE type = 'table' AND name IN ('payments', 'listed_cards')
                AND instr(sql, ?) > 0
                """, arguments: [cardOfNumber, cardOfText, cardOfNumber])
        guard db.changesCount == 2 else { throw LedgerError.unusable("an unknown table of cards") }
        try db.execute(sql: "PRAGMA schema_version = \(version + 1)")
        try db.execute(sql: "PRAGMA writable_schema = RESET")
    }

    /// A number may become its sealed text, which begins with `$` and so sorts before `%`; nothing
    /// else may become of a card.
    private static let version0_4cards = [
        """
        CREATE TABLE card_key (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 16),
            recovery TEXT,
            wrapped TEXT,
            CHECK ((recovery IS NULL) = (wrapped IS NULL))
        ) STRICT
        """,
        """
        CREATE TRIGGER card_key_keep BEFORE DELETE ON card_key
        BEGIN SELECT RAISE(ABORT, 'the key of the cards stays noted'); END
        """,
        """
        CREATE TRIGGER card_key_is_final BEFORE UPDATE ON card_key
        WHEN NEW.id <> OLD.id OR NEW.fingerprint <> OLD.fingerprint
        BEGIN SELECT RAISE(ABORT, 'the key of the cards stays noted'); END
        """,
        "DROP TRIGGER payments_identity",
        """
        CREATE TRIGGER payments_identity BEFORE UPDATE ON payments
        WHEN NEW.id <> OLD.id OR NEW.seq <> OLD.seq OR NEW.amount <> OLD.amount
            OR NEW.created_at <> OLD.created_at OR NEW.platform_host <> OLD.platform_host
            OR NEW.client_id <> OLD.client_id OR NEW.reference IS NOT OLD.reference
            OR (OLD.card IS NOT NULL AND NEW.card IS NOT OLD.card
                AND (NEW.card IS NULL OR OLD.card < '%' OR NEW.card >= '%'))
            OR (OLD.told_at IS NOT NULL AND NEW.told_at IS NOT OLD.told_at)
        BEGIN SELECT RAISE(ABORT, 'what names a payment never changes'); END
        """,
    ]
}
