internal import GRDB
internal import Sealing
internal import TerminalCore

extension Ledger {
    /// Cards in one step of a sealing: payments go on in between.
    static let sealStep = 100

    /// Whether card numbers are sealed in this ledger.
    public nonisolated var sealsCards: Bool { cards.seal != nil }

    /// Whether somebody can open them when this machine is lost.
    public nonisolated var isRecoverable: Bool { sealsCards && cards.recovery != nil }

    /// Seals some of the numbers that were written before there was a key, in one short
    /// transaction; false when none is left. Without a key there is nothing to do.
    ///
    /// No progress is kept: what is plain sorts behind what is sealed, so that the index finds it.
    public func sealSome() throws(LedgerError) -> Bool {
        guard let seal = cards.seal else { return false }
        return try write { db in
            if try Self.sealPayments(seal, db) { return true }
            for table in PlainCards.tables where try table.seal(seal, db) { return true }
            return false
        }
    }

    /// Empties the log, whose older pages still hold what was sealed since. Throws while a reader
    /// is in the way.
    public func emptyLog() throws(LedgerError) {
        do {
            try pool.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
        } catch {
            throw LedgerError(error)
        }
    }

    private static func sealPayments(_ seal: CardSeal, _ db: Database) throws -> Bool {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT id, card FROM payments WHERE card >= \(PlainCards.first)
                ORDER BY card LIMIT ?
                """, arguments: [sealStep])
        let update = try db.cachedStatement(sql: "UPDATE payments SET card = ? WHERE id = ?")
        for row in rows {
            let (id, text): (Int64, String) = (try row.value(0), try row.value(1))
            try update.execute(arguments: [seal.text(of: CardNumber(text)), id])
        }
        return !rows.isEmpty
    }
}

/// Numbers in a table whose key holds the card.
struct PlainCards {
    /// Behind every sealed text and before every number, as SQL has it.
    static let first = "'%'"

    private let name: String
    /// The other columns.
    private let rest: String
    /// What makes the lookup of a card one of the key.
    private let condition: String
    /// When the sealed text is there already.
    private let conflict: String

    static let tables = [
        PlainCards(
            name: "cards", rest: "seen_online_at", condition: "1",
            conflict: """
                DO UPDATE SET seen_online_at = max(seen_online_at, excluded.seen_online_at)
                """),
        PlainCards(
            name: "lost_cards", rest: "source, added_at", condition: "1", conflict: "DO NOTHING"),
        PlainCards(
            name: "listed_cards", rest: "list", condition: "list IN (SELECT id FROM lost_lists)",
            conflict: "DO NOTHING"),
    ]

    /// Seals some cards; false when none is left.
    func seal(_ seal: CardSeal, _ db: Database) throws -> Bool {
        let plain = try String.fetchAll(
            db,
            sql: """
                SELECT card FROM \(name) WHERE \(condition) AND card >= \(Self.first) LIMIT ?
                """, arguments: [Ledger.sealStep])
        let insert = try db.cachedStatement(
            sql: """
                INSERT INTO \(name) (card, \(rest))
                SELECT ?, \(rest) FROM \(name) WHERE \(condition) AND card = ?
                ON CONFLICT \(conflict)
                """)
        let delete = try db.cachedStatement(
            sql: "DELETE FROM \(name) WHERE \(condition) AND card = ?")
        for text in plain {
            try insert.execute(arguments: [seal.text(of: CardNumber(text)), text])
            try delete.execute(arguments: [text])
        }
        return !plain.isEmpty
    }
}
