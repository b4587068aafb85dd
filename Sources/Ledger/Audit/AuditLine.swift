internal import FoundationEssentials
internal import GRDB
internal import TerminalCore

/// All that the hash of one line of history vouches for.
struct AuditLine {
    var id: Int64
    var payment: Int64
    var seq: String
    var revision: Int64
    var at: Int64
    var from: String?
    var to: String
    var reason: String?
    var order: String
    var by: String
    var note: String?
    var amount: Int64
    var card: String?
    var reference: String?
    var host: String
    var client: String

    /// The columns of ``init(_:)``; the line is `history`, its payment is `payments`.
    static let columns = """
        history.id, history.payment, payments.seq, history.revision, history.at,
        history.from_state, history.to_state, history.reason, history.order_number, history.by,
        history.note, payments.amount, payments.card, payments.reference, payments.platform_host,
        payments.client_id
        """

    /// Throws when a column holds what the agent never writes there, and
    /// ``LedgerError/cardsSealed`` when `cards` has not the key of a card that matters.
    init(_ row: Row, _ cards: CardColumn) throws {
        (id, payment, seq) = (try row.value(0), try row.value(1), try row.value(2))
        (revision, at) = (try row.value(3), try row.value(4))
        (from, to, reason) = (try row.value(5), try row.value(6), try row.value(7))
        (order, by, note) = (try row.value(8), try row.value(9), try row.value(10))
        (amount, card, reference) = (try row.value(11), try row.value(12), try row.value(13))
        (host, client) = (try row.value(14), try row.value(15))
        if hasCard { card = try card.map(cards.exposed) }
    }

    /// The line `id` that says how `payment` stands now.
    init(_ id: Int64, _ payment: Payment, from: PaymentState?, by: String, note: String?) {
        self.id = id
        self.payment = payment.id
        (seq, revision) = (payment.seq, Int64(payment.revision))
        at = payment.updatedAt.milliseconds
        (self.from, to) = (from?.rawValue, payment.state.rawValue)
        (reason, order) = (payment.reason?.rawValue, payment.order)
        (self.by, self.note) = (by, note)
        (amount, card, reference) = (payment.amount.fen, payment.card?.exposed, payment.reference)
        (host, client) = (payment.platform.host, payment.platform.clientID)
    }

    /// The fields one after the other, each with its length, so that no two lines look alike.
    ///
    /// The card is set by the tap, so it does not belong to the lines before. Its number counts,
    /// whether or not it stands sealed.
    func message(after previous: Data?) -> [UInt8] {
        var message = Self.domain
        message.reserveCapacity(Self.usualLength)
        Self.append(previous, to: &message)
        for number in [id, payment, revision, at, amount] { Self.append(number, to: &message) }
        let texts = [
            seq, from, to, reason, order, by, note, hasCard ? card : nil, reference, host, client,
        ]
        for text in texts { Self.append(text?.utf8, to: &message) }
        return message
    }

    private var hasCard: Bool {
        to != PaymentState.awaitingCard.rawValue && to != PaymentState.cancelled.rawValue
    }

    private static let domain = Array("kiosk-agent history 1\n".utf8)
    private static let usualLength = 320

    private static func append(_ number: Int64, to message: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { message.append(contentsOf: $0) }
    }

    /// What is absent differs from what is empty.
    private static func append(_ bytes: (some Collection<UInt8>)?, to message: inout [UInt8]) {
        append(bytes.map { Int64($0.count) } ?? -1, to: &message)
        if let bytes { message.append(contentsOf: bytes) }
    }
}
