internal import GRDB
internal import Sealing

/// The one row that says which key seals the cards of a file; none in a file that never had one.
enum CardKeyRow {
    /// Reads a file of any schema.
    static func read(_ db: Database) throws -> CardKeyNote? {
        guard try db.tableExists("card_key") else { return nil }
        let row = try Row.fetchOne(db, sql: "SELECT fingerprint, recovery, wrapped FROM card_key")
        return try row.map { row in
            CardKeyNote(
                fingerprint: try row.value(0), recovery: try row.value(1),
                wrapped: try row.value(2))
        }
    }

    static func write(_ note: CardKeyNote, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO card_key (id, fingerprint, recovery, wrapped) VALUES (1, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE
                SET recovery = excluded.recovery, wrapped = excluded.wrapped
                """, arguments: [note.fingerprint, note.recovery, note.wrapped])
    }
}

extension CardColumn {
    /// Throws unless this can read and write the file: plain numbers never come beside sealed ones
    /// because a key was lost.
    func check(_ db: Database) throws {
        guard let row = try CardKeyRow.read(db), seal != nil || !leavesSealed else { return }
        guard let seal else { throw LedgerError.cardsSealed }
        guard seal.fingerprint == row.fingerprint else { throw LedgerError.otherDataKey }
    }

    /// Notes the key, and wraps it when there is another recovery key; once at each start.
    func note(_ db: Database) throws {
        guard let seal else { return }
        let known = try CardKeyRow.read(db)
        guard known == nil || known?.recovery != recovery?.text else { return }
        try CardKeyRow.write(CardKeyNote(seal, for: recovery), db)
    }
}
