internal import GRDB
internal import TerminalCore

/// What the policy needs to know, read in the transaction that records the payment.
enum Facts {
    static func read(
        _ card: StoredCard, now: Moment, policy: OfflinePolicy, _ db: Database,
        total: () throws -> Money
    ) throws -> PolicyFacts {
        var facts = PolicyFacts()
        facts.cardIsLost = try LostCards.isLost(card, db)
        guard policy.enabled else { return facts }
        facts.cardExposure = try exposure(of: card, db)
        facts.totalExposure = try total()
        facts.oldestAge = try oldestAge(now: now, db)
        if policy.knownCardAge != nil {
            let seen = try integer(db, seenOnline, of: card)
            facts.seenOnlineAge = wallAge(of: seen, now)
        }
        if policy.lostListMaxAge != nil {
            let imported = try integer(
                db, "SELECT imported_at FROM lost_lists WHERE in_force = 1")
            facts.lostListAge = wallAge(of: imported, now)
        }
        return facts
    }

    /// Nil when it is not known: never, or after now, as the wall clock jumped back since.
    private static func wallAge(of milliseconds: Int64?, _ now: Moment) -> Duration? {
        guard let milliseconds else { return nil }
        let age = now.wall - Timestamp(milliseconds: milliseconds)
        return age < .zero ? nil : age
    }

    /// A rule of this terminal that refuses the tap whether or not the platform can be asked.
    static func localRefusal(
        _ card: StoredCard, isLost: Bool, rules: TapRules, _ db: Database
    ) throws -> Reason? {
        // A card that stands in no list is blocked by none.
        if isLost, try LostCards.isBlockedHere(card, db) { return .cardLost }
        guard rules.perPeriod > 0, let start = rules.periodStart else { return nil }
        return try paid(by: card, since: start, db) >= rules.perPeriod ? .periodLimit : nil
    }

    private static let seenOnline = CardQuery {
        "SELECT max(seen_online_at) FROM cards WHERE \($0)"
    }

    private static let paidSince = CardQuery {
        """
        SELECT count(*) FROM payments WHERE \($0) AND created_at >= ?
        AND state IN ('pending', 'settled', 'accepted', 'held', 'rejected', 'written_off')
        """
    }

    private static func paid(
        by card: StoredCard, since start: Timestamp, _ db: Database
    ) throws -> Int64 {
        var execution = try Execution(paidSince.text(of: card), db)
        try execution.bind(card)
        try execution.bind(start.milliseconds)
        return try execution.first { try $0.value(0) } ?? 0
    }

    private static let paying = CardQuery {
        "SELECT 1 FROM payments WHERE \($0) AND state = 'pending' LIMIT 1"
    }

    static func cardIsPaying(_ card: StoredCard, _ db: Database) throws -> Bool {
        try integer(db, paying, of: card) != nil
    }

    /// What counts as unforwarded: approved and not settled, or pending with an offline "yes".
    private static let exposed = """
        state IN ('pending', 'accepted', 'held', 'rejected')
        AND (state <> 'pending' OR decision = 'approve')
        """

    private static let exposureOfCard = CardQuery {
        "SELECT coalesce(sum(amount), 0) FROM payments WHERE \($0) AND \(exposed)"
    }

    private static func exposure(of card: StoredCard, _ db: Database) throws -> Money {
        Money(fen: try integer(db, exposureOfCard, of: card) ?? 0)
    }

    /// What the limit of the whole terminal counts.
    static func totalExposure(_ db: Database) throws -> Money {
        let fen = try integer(
            db, "SELECT coalesce(sum(amount), 0) FROM payments WHERE \(exposed)")
        return Money(fen: fen ?? 0)
    }

    /// One look at the index for each state, however long the backlog is.
    private static let oldest = """
        SELECT \(PaymentRow.createdColumns) FROM payments WHERE id = (
            SELECT min(id) FROM (
                SELECT min(id) AS id FROM payments WHERE state = 'accepted'
                UNION ALL SELECT min(id) FROM payments WHERE state = 'held'
                UNION ALL SELECT min(id) FROM payments WHERE state = 'rejected'
                UNION ALL SELECT min(id) FROM payments
                    WHERE state = 'pending' AND decision = 'approve'
            )
        )
        """

    /// The age that `offline.max_age` is about; nil when nothing is unforwarded.
    static func oldestAge(now: Moment, _ db: Database) throws -> Duration? {
        try Execution(oldest, db).first(PaymentRow.created).map { now.age(since: $0).likely }
    }

    private static func integer(_ db: Database, _ sql: String) throws -> Int64? {
        try Execution(sql, db).first { try $0.value(0) as Int64? } ?? nil
    }

    private static func integer(
        _ db: Database, _ query: CardQuery, of card: StoredCard
    ) throws -> Int64? {
        var execution = try Execution(query.text(of: card), db)
        try execution.bind(card)
        return try execution.first { try $0.value(0) as Int64? } ?? nil
    }
}
