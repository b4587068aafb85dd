internal import GRDB
internal import TerminalCore

/// A payment as a row. Column order is fixed by ``columns``, so that reading needs no names.
enum PaymentRow {
    static let columns = """
        id, seq, state, reason, amount, title, reference, card, offline, decision, created_at,
        updated_at, expires_at, told_at, platform_host, client_id, order_number, attempts,
        unresolved, in_flight, sent_at, trade_id, paid_amount, balance, revision, boot, uptime_ms,
        clock_synced, sent_boot, sent_uptime_ms
        """

    private static let ofSeq = "SELECT \(columns) FROM payments WHERE seq = ?"

    static let insertStatement = """
        INSERT INTO payments (seq, state, reason, amount, title, reference, card, offline, decision,
            created_at, updated_at, expires_at, told_at, platform_host, client_id, order_number,
            attempts, unresolved, in_flight, sent_at, trade_id, paid_amount, balance, revision,
            boot, uptime_ms, clock_synced, sent_boot, sent_uptime_ms)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
            ?)
        """

    /// What any update may change. A column of an index is written only where it has changed:
    /// SQLite writes each index anew that has a column of the statement, and asks anew for the row
    /// that a reference points to.
    private static let sendColumns = """
        reason = ?, updated_at = ?, attempts = ?, unresolved = ?, in_flight = ?, sent_at = ?,
        trade_id = ?, paid_amount = ?, balance = ?, sent_boot = ?, sent_uptime_ms = ?
        """
    private static let stateColumns = "state = ?, offline = ?, decision = ?, revision = ?"

    private static let sendStatement = "UPDATE payments SET \(sendColumns) WHERE id = ?"
    private static let stateStatement = """
        UPDATE payments SET \(sendColumns), \(stateColumns) WHERE id = ?
        """
    private static let wholeStatement = """
        UPDATE payments SET \(sendColumns), \(stateColumns), card = ?, order_number = ?
        WHERE id = ?
        """

    static func insert(
        _ payment: Payment, _ cards: CardColumn, _ db: Database
    ) throws -> Payment {
        var payment = payment
        let execution = try Execution(
            insertStatement, db, binding: payment.seq, payment.state.rawValue,
            payment.reason?.rawValue, payment.amount.fen,
            payment.title, payment.reference, text(payment.card, cards), payment.offline,
            payment.decision?.text, payment.createdAt.milliseconds, payment.updatedAt.milliseconds,
            payment.expiresAt.milliseconds, payment.toldAt?.milliseconds, payment.platform.host,
            payment.platform.clientID, payment.order, payment.attempts, payment.unresolved,
            payment.inFlight, payment.sentAt?.milliseconds, payment.tradeID,
            payment.paidAmount?.fen, payment.balance?.fen, payment.revision,
            payment.createdBootTime?.boot, payment.createdBootTime?.uptime.wholeMilliseconds,
            payment.clockWasSynchronised, payment.sentBootTime?.boot,
            payment.sentBootTime?.uptime.wholeMilliseconds)
        try execution.run()
        payment.id = db.lastInsertedRowID
        return payment
    }

    /// Writes `payment` over its row, which holds `old`.
    static func update(
        _ payment: Payment, over old: Payment, _ cards: CardColumn, _ db: Database
    ) throws {
        let isRenamed = payment.card != old.card || payment.order != old.order
        let isMoved = isRenamed || payment.standing != old.standing
        let sql = isRenamed ? wholeStatement : isMoved ? stateStatement : sendStatement
        var execution = try Execution(
            sql, db, binding: payment.reason?.rawValue, payment.updatedAt.milliseconds,
            payment.attempts,
            payment.unresolved, payment.inFlight, payment.sentAt?.milliseconds, payment.tradeID,
            payment.paidAmount?.fen, payment.balance?.fen, payment.sentBootTime?.boot,
            payment.sentBootTime?.uptime.wholeMilliseconds)
        if isMoved {
            try execution.bind(payment.state.rawValue)
            try execution.bind(payment.offline)
            try execution.bind(payment.decision?.text)
            try execution.bind(payment.revision)
        }
        if isRenamed {
            try execution.bind(text(payment.card, cards))
            try execution.bind(payment.order)
        }
        try execution.bind(payment.id)
        try execution.run()
    }

    private static func text(_ card: CardNumber?, _ cards: CardColumn) -> String? {
        card.map { cards.stored($0).text }
    }

    /// The text of a card that is sealed, and whose number ``CardColumn`` leaves out.
    static func sealedCard(
        of payment: Payment, _ cards: CardColumn, _ db: Database
    ) throws -> String? {
        guard cards.leavesSealed, payment.card == nil else { return nil }
        let execution = try Execution(
            "SELECT card FROM payments WHERE id = ?", db, binding: payment.id)
        return try execution.first { try $0.value(0) as String? } ?? nil
    }

    static func fetchOne(_ db: Database, _ cards: CardColumn, seq: String) throws -> Payment? {
        try Execution(ofSeq, db, binding: seq).first { try decode($0, cards) }
    }

    /// When payment `id` was created, by both clocks.
    static func created(_ id: Int64, _ db: Database) throws -> Moment {
        let execution = try Execution(
            "SELECT \(createdColumns) FROM payments WHERE id = ?", db, binding: id)
        guard let moment = try execution.first(created) else { throw LedgerError.notFound }
        return moment
    }

    /// The columns of ``created(_:)``.
    static let createdColumns = "created_at, boot, uptime_ms, clock_synced"

    static func created(_ row: Columns) throws -> Moment {
        try Moment(
            wall: moment(row.value(0)), bootTime: bootTime(row.value(1), row.value(2)),
            isSynchronised: row.value(3) ?? false)
    }

    static func fetch(
        _ db: Database, _ cards: CardColumn, where condition: String,
        _ values: [any StatementBinding]
    ) throws -> [Payment] {
        var execution = try Execution("SELECT \(columns) FROM payments WHERE \(condition)", db)
        for value in values { try execution.bind(value) }
        return try execution.all { try decode($0, cards) }
    }

    private static func decode(_ row: Columns, _ cards: CardColumn) throws -> Payment {
        let card: String? = try row.value(7)
        var payment = try Payment(
            id: row.value(0), seq: row.value(1), state: word(row.value(2)),
            reason: optionalWord(row.value(3)),
            amount: Money(fen: row.value(4)), title: row.value(5), reference: row.value(6),
            card: card.flatMap { try cards.number($0) }, offline: row.value(8),
            decision: OfflineDecision(text: row.value(9)), createdAt: moment(row.value(10)),
            updatedAt: moment(row.value(11)), expiresAt: moment(row.value(12)),
            toldAt: optionalMoment(row.value(13)),
            platform: PlatformIdentity(host: row.value(14), clientID: row.value(15)),
            order: row.value(16),
            attempts: row.value(17), unresolved: row.value(18), inFlight: row.value(19),
            sentAt: optionalMoment(row.value(20)), tradeID: row.value(21),
            paidAmount: money(row.value(22)),
            balance: money(row.value(23)), revision: row.value(24))
        payment.createdBootTime = try bootTime(row.value(25), row.value(26))
        payment.clockWasSynchronised = try row.value(27) ?? false
        payment.sentBootTime = try bootTime(row.value(28), row.value(29))
        return payment
    }

    static func word<Word: RawRepresentable<String>>(_ text: String) throws -> Word {
        guard let word = Word(rawValue: text) else {
            throw LedgerError.storage(code: 11, "the ledger holds an unknown word")
        }
        return word
    }

    static func optionalWord<Word: RawRepresentable<String>>(_ text: String?) throws -> Word? {
        try text.map { try word($0) }
    }

    static func moment(_ milliseconds: Int64) -> Timestamp {
        Timestamp(milliseconds: milliseconds)
    }

    private static func optionalMoment(_ milliseconds: Int64?) -> Timestamp? {
        milliseconds.map(Timestamp.init(milliseconds:))
    }

    private static func bootTime(_ boot: Int64?, _ uptime: Int64?) -> BootTime? {
        guard let boot, let uptime else { return nil }
        return BootTime(boot: boot, uptime: .milliseconds(uptime))
    }

    private static func money(_ fen: Int64?) -> Money? { fen.map(Money.init(fen:)) }
}

extension Payment {
    /// What ``PaymentRow/update(_:over:_:_:)`` writes together.
    fileprivate var standing: Standing {
        Standing(state: state, offline: offline, decision: decision, revision: revision)
    }

    fileprivate struct Standing: Equatable {
        var state: PaymentState
        var offline: Bool
        var decision: OfflineDecision?
        var revision: Int
    }
}

extension OfflineDecision {
    /// As the ledger keeps it: `approve`, or the reason of the refusal.
    var text: String {
        switch self {
        case .approve: "approve"
        case .refuse(let reason): reason.rawValue
        }
    }

    init?(text: String?) {
        switch text {
        case nil: return nil
        case "approve": self = .approve
        case .some(let text):
            guard let reason = Reason(rawValue: text) else { return nil }
            self = .refuse(reason)
        }
    }
}
