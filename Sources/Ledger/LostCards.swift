internal import GRDB
public import TerminalCore

/// A card on the local list.
public struct LostCard: Hashable, Sendable {
    /// Who put it there; only the same source lifts it.
    public enum Source: String, Sendable, CaseIterable { case platform, `operator`, `import` }

    public var card: CardNumber
    public var source: Source
    public var addedAt: Timestamp
}

/// The list inside a transaction.
enum LostCards {
    static func isLost(_ card: StoredCard, _ db: Database) throws -> Bool {
        try holds(onAnyList, card, db)
    }

    /// Whether a source of this site blocks the card, which the platform's word cannot lift.
    static func isBlockedHere(_ card: StoredCard, _ db: Database) throws -> Bool {
        try holds(onOwnList, card, db)
    }

    private static let onAnyList = CardQuery {
        """
        SELECT EXISTS (SELECT 1 FROM lost_cards WHERE \($0)) OR EXISTS (\(imported($0)))
        """
    }

    private static let onOwnList = CardQuery {
        """
        SELECT EXISTS (SELECT 1 FROM lost_cards WHERE \($0) AND source = 'operator')
            OR EXISTS (\(imported($0)))
        """
    }

    private static func imported(_ condition: String) -> String {
        """
        SELECT 1 FROM listed_cards WHERE \(condition)
        AND list = (SELECT id FROM lost_lists WHERE in_force = 1)
        """
    }

    private static func holds(
        _ query: CardQuery, _ card: StoredCard, _ db: Database
    ) throws -> Bool {
        var execution = try Execution(query.text(of: card), db)
        try execution.bind(card)
        return try execution.first { try $0.value(0) } ?? false
    }

    /// Both tables merged by their keys, so that a page of a million cards needs no sorting.
    static let page = """
        SELECT card, source, added_at FROM lost_cards
        UNION ALL
        SELECT card, 'import', imported_at FROM listed_cards JOIN lost_lists ON id = list
        WHERE list = (SELECT id FROM lost_lists WHERE in_force = 1)
        ORDER BY card, source LIMIT ? OFFSET ?
        """

    static func add(
        _ card: StoredCard, _ source: LostCard.Source, now: Timestamp, _ db: Database
    ) throws {
        let execution = try Execution(
            "INSERT OR IGNORE INTO lost_cards (card, source, added_at) VALUES (?, ?, ?)", db,
            binding: card.text, source.rawValue, now.milliseconds)
        try execution.run()
    }

    private static let removal = CardQuery {
        "DELETE FROM lost_cards WHERE \($0) AND source = ?"
    }

    static func remove(_ card: StoredCard, _ source: LostCard.Source, _ db: Database) throws -> Bool
    {
        var execution = try Execution(removal.text(of: card), db)
        try execution.bind(card)
        try execution.bind(source.rawValue)
        try execution.run()
        return db.changesCount > 0
    }

    /// Keeps what the platform said about a card, in the transaction of its payment.
    static func note(_ news: CardNews, _ card: StoredCard, now: Timestamp, _ db: Database) throws {
        switch news {
        case .lost: try add(card, .platform, now: now, db)
        case .vouched:
            _ = try remove(card, .platform, db)
            let execution = try Execution(
                """
                INSERT INTO cards (card, seen_online_at) VALUES (?, ?)
                ON CONFLICT (card) DO UPDATE SET seen_online_at = excluded.seen_online_at
                """, db, binding: card.text, now.milliseconds)
            try execution.run()
        }
    }
}

extension Ledger {
    /// Blocks `card` at this terminal.
    public func addLostCard(_ card: CardNumber, now: Timestamp) throws(LedgerError) {
        let card = cards.stored(card)
        try write { db in try LostCards.add(card, .operator, now: now, db) }
    }

    /// Lifts the operator's block; false when there was none.
    public func removeLostCard(_ card: CardNumber) throws(LedgerError) -> Bool {
        let card = cards.stored(card)
        return try write { db in try LostCards.remove(card, .operator, db) }
    }

    /// Some of the list, in the order of the cards as they are written, after the first `skipped`.
    public nonisolated func lostCards(
        skipping skipped: Int = 0, limit: Int = 100
    ) async throws(LedgerError) -> [LostCard] {
        try await read { db in
            try Row.fetchAll(db, sql: LostCards.page, arguments: [limit, skipped]).map { row in
                try LostCard(
                    card: CardNumber(self.cards.exposed(row.value(0))),
                    source: PaymentRow.word(row.value(1)),
                    addedAt: PaymentRow.moment(row.value(2)))
            }
        }
    }

    /// How many entries the list has, whatever their source.
    public nonisolated func lostCardCount() async throws(LedgerError) -> Int {
        try await read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT (SELECT count(*) FROM lost_cards)
                        + coalesce((SELECT cards FROM lost_lists WHERE in_force = 1), 0)
                    """) ?? 0
        }
    }
}
