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

    static let insertStatement = """
        INSERT INTO payments (seq, state, reason, amount, title, reference, card, offline, decision,
            created_at, updated_at, expires_at, told_at, platform_host, client_id, order_number,
            attempts, unresolved, in_flight, sent_at, trade_id, paid_amount, balance, revision,
            boot, uptime_ms, clock_synced, sent_boot, sent_uptime_ms)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
            ?)
        """

    static let updateStatement = """
        UPDATE payments SET state = ?, reason = ?, card = ?, offline = ?, decision = ?,
            updated_at = ?, order_number = ?, attempts = ?, unresolved = ?, in_flight = ?,
            sent_at = ?, trade_id = ?, paid_amount = ?, balance = ?, revision = ?, sent_boot = ?,
            sent_uptime_ms = ?
        WHERE id = ?
        """

    static func insert(_ payment: Payment, _ db: Database) throws -> Payment {
        var payment = payment
        let statement = try db.cachedStatement(sql: insertStatement)
        try statement.execute(arguments: [
            payment.seq, payment.state.rawValue, payment.reason?.rawValue, payment.amount.fen,
            payment.title, payment.reference, payment.card?.exposed, payment.offline,
            payment.decision?.text, payment.createdAt.milliseconds, payment.updatedAt.milliseconds,
            payment.expiresAt.milliseconds, payment.toldAt?.milliseconds, payment.platform.host,
            payment.platform.clientID, payment.order, payment.attempts, payment.unresolved,
            payment.inFlight, payment.sentAt?.milliseconds, payment.tradeID,
            payment.paidAmount?.fen, payment.balance?.fen, payment.revision,
            payment.createdBootTime?.boot, payment.createdBootTime?.uptime.wholeMilliseconds,
            payment.clockWasSynchronised, payment.sentBootTime?.boot,
            payment.sentBootTime?.uptime.wholeMilliseconds,
        ])
        payment.id = db.lastInsertedRowID
        return payment
    }

    static func update(_ payment: Payment, _ db: Database) throws {
        let statement = try db.cachedStatement(sql: updateStatement)
        try statement.execute(arguments: [
            payment.state.rawValue, payment.reason?.rawValue, payment.card?.exposed,
            payment.offline, payment.decision?.text, payment.updatedAt.milliseconds, payment.order,
            payment.attempts, payment.unresolved, payment.inFlight, payment.sentAt?.milliseconds,
            payment.tradeID, payment.paidAmount?.fen, payment.balance?.fen, payment.revision,
            payment.sentBootTime?.boot, payment.sentBootTime?.uptime.wholeMilliseconds, payment.id,
        ])
    }

    static func fetchOne(_ db: Database, seq: String) throws -> Payment? {
        try fetch(db, where: "seq = ?", [seq]).first
    }

    static func fetch(
        _ db: Database, where condition: String, _ arguments: StatementArguments
    ) throws -> [Payment] {
        let statement = try db.cachedStatement(
            sql: "SELECT \(columns) FROM payments WHERE \(condition)")
        return try Row.fetchAll(statement, arguments: arguments).map(decode)
    }

    private static func decode(_ row: Row) throws -> Payment {
        let card: String? = row[7]
        var payment = Payment(
            id: row[0], seq: row[1], state: try word(row[2]), reason: try optionalWord(row[3]),
            amount: Money(fen: row[4]), title: row[5], reference: row[6],
            card: try card.map { try CardNumber($0) }, offline: row[8],
            decision: OfflineDecision(text: row[9]), createdAt: moment(row[10]),
            updatedAt: moment(row[11]), expiresAt: moment(row[12]),
            toldAt: optionalMoment(row[13]),
            platform: PlatformIdentity(host: row[14], clientID: row[15]), order: row[16],
            attempts: row[17], unresolved: row[18], inFlight: row[19],
            sentAt: optionalMoment(row[20]), tradeID: row[21], paidAmount: money(row[22]),
            balance: money(row[23]), revision: row[24])
        payment.createdBootTime = bootTime(row[25], row[26])
        payment.clockWasSynchronised = row[27] ?? false
        payment.sentBootTime = bootTime(row[28], row[29])
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
