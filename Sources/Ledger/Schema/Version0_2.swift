/// Schema 0.2, as it was released: this text never changes.
///
/// It adds the audit chain, the clocks of each payment, and the archive's checkpoints.
extension Schema {
    /// Run before the lines of an older ledger get their hashes.
    static let version0_2 = [
        """
        CREATE TABLE boots (
            id INTEGER PRIMARY KEY,
            boot_id TEXT NOT NULL UNIQUE,
            first_at INTEGER NOT NULL
        ) STRICT
        """,
        "ALTER TABLE payments ADD COLUMN boot INTEGER REFERENCES boots (id)",
        "ALTER TABLE payments ADD COLUMN uptime_ms INTEGER",
        "ALTER TABLE payments ADD COLUMN clock_synced INTEGER CHECK (clock_synced IN (0, 1))",
        "ALTER TABLE payments ADD COLUMN sent_boot INTEGER REFERENCES boots (id)",
        "ALTER TABLE payments ADD COLUMN sent_uptime_ms INTEGER",
        "ALTER TABLE history ADD COLUMN hash BLOB CHECK (length(hash) = 16)",
        auditKeys, archived,
        "DROP TRIGGER history_is_final",
        "DROP TRIGGER history_keep",
        "DROP TRIGGER payments_keep",
        "DROP TRIGGER marks_only_grow",
        believedMark,
    ]

    /// Run afterwards: what was opened for the change is shut again.
    static let version0_2guards = [
        """
        CREATE TRIGGER history_is_final BEFORE UPDATE ON history
        BEGIN SELECT RAISE(ABORT, 'history is never changed'); END
        """,
        """
        CREATE TRIGGER history_keep BEFORE DELETE ON history
        WHEN OLD.id > coalesce((
            SELECT last_history FROM archived WHERE first_history <= OLD.id
            ORDER BY first_history DESC LIMIT 1), 0)
        BEGIN SELECT RAISE(ABORT, 'history is never deleted'); END
        """,
        """
        CREATE TRIGGER payments_keep BEFORE DELETE ON payments
        WHEN OLD.state NOT IN ('cancelled', 'settled', 'refused', 'reversed', 'written_off')
            OR OLD.in_flight OR EXISTS (SELECT 1 FROM history WHERE payment = OLD.id)
        BEGIN SELECT RAISE(ABORT, 'payments are never deleted'); END
        """,
        """
        CREATE TRIGGER marks_only_grow BEFORE UPDATE ON marks
        WHEN NEW.value < OLD.value
        BEGIN SELECT RAISE(ABORT, 'a mark never goes back'); END
        """,
        """
        CREATE TRIGGER archived_keep BEFORE DELETE ON archived
        WHEN NOT EXISTS (
            SELECT 1 FROM archived WHERE first_history < OLD.first_history
            AND last_history >= OLD.last_history)
        BEGIN SELECT RAISE(ABORT, 'what was archived stays noted'); END
        """,
        """
        CREATE TRIGGER archived_only_grows BEFORE UPDATE ON archived
        WHEN NEW.first_history <> OLD.first_history OR NEW.last_history < OLD.last_history
        BEGIN SELECT RAISE(ABORT, 'what was archived stays noted'); END
        """,
        """
        CREATE TRIGGER audit_keys_keep BEFORE DELETE ON audit_keys
        BEGIN SELECT RAISE(ABORT, 'a key of the audit chain stays noted'); END
        """,
        """
        CREATE TRIGGER audit_keys_are_final BEFORE UPDATE ON audit_keys
        WHEN NEW.first_history <> OLD.first_history
            OR EXISTS (SELECT 1 FROM history WHERE id >= OLD.first_history)
        BEGIN SELECT RAISE(ABORT, 'a key of the audit chain stays noted'); END
        """,
    ]

    /// A day's payments are found without reading all others.
    static let version0_2report = ["CREATE INDEX payments_created ON payments (created_at)"]

    /// From line `first_history` on, the key with this fingerprint signs.
    private static let auditKeys = """
        CREATE TABLE audit_keys (
            first_history INTEGER PRIMARY KEY,
            fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 8)
        ) STRICT
        """

    /// Lines that went to the archive, as runs without a gap: `hash` is the last line's, and
    /// `proof` is the audit key's word for the whole row.
    private static let archived = """
        CREATE TABLE archived (
            first_history INTEGER PRIMARY KEY,
            last_history INTEGER NOT NULL CHECK (last_history >= first_history),
            hash BLOB NOT NULL,
            proof BLOB NOT NULL CHECK (length(proof) = 16)
        ) STRICT
        """

    /// Program 0.1 believed any clock. A mark beyond 2100 goes back to the largest number below it
    /// that was ever used: nothing was archived yet, so that every number is still here.
    private static let believedMark = """
        UPDATE marks SET value = (
            SELECT coalesce(max(number), 0) FROM (
                SELECT CAST(substr(seq, -13) AS INTEGER) AS number FROM payments
                UNION ALL
                SELECT CAST(substr(order_number, -13) AS INTEGER) FROM history
            ) WHERE number < 4102444800000
        ) WHERE name = 'sequence' AND value >= 4102444800000
        """
}
