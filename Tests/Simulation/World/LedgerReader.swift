import GRDB
import Sealing
import TerminalCore

/// Reads a ledger file with statements of its own, beside the agent.
final class LedgerReader {
    private let queue: DatabaseQueue
    private let seal: CardSeal?

    /// `seal` opens the cards that stand sealed.
    init(path: String, seal: CardSeal?) throws {
        self.seal = seal
        var configuration = Configuration()
        configuration.readonly = true
        queue = try DatabaseQueue(path: path, configuration: configuration)
    }

    func payments(where condition: String = "1", _ value: String? = nil) throws -> [PaymentFact] {
        try queue.read { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT id, seq, state, reason, amount, card, offline, decision, order_number,
                        attempts, unresolved, in_flight, told_at, revision
                    FROM payments WHERE \(condition) ORDER BY id
                    """)
            let arguments: StatementArguments = value.map { [$0] } ?? []
            return try Row.fetchAll(statement, arguments: arguments).map { row in
                var fact = PaymentFact(row)
                fact.card = try fact.card.map(self.number)
                return fact
            }
        }
    }

    private func number(_ text: String) throws -> String {
        guard let seal, CardSeal.isSealed(text) else { return text }
        return try seal.number(of: text).exposed
    }

    func history() throws -> [HistoryFact] {
        try queue.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT payment, revision, from_state, to_state, reason, order_number, by
                    FROM history ORDER BY id
                    """
            ).map(HistoryFact.init)
        }
    }

    /// How many payments still wait for the platform, a card or an outcome.
    func openCount() throws -> Int {
        try queue.read { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT count(*) FROM payments
                    WHERE state IN ('awaiting_card', 'pending', 'accepted', 'reversing')
                    """)
            return try Int.fetchOne(statement) ?? 0
        }
    }
}

/// A payment as the file has it.
struct PaymentFact: Hashable {
    var id: Int64
    var seq: String
    var state: String
    var reason: String?
    var amount: Int64
    var card: String?
    var isOffline: Bool
    var decision: String?
    var order: String
    var attempts: Int
    var unresolved: Int
    var isInFlight: Bool
    var wasTold: Bool
    var revision: Int

    /// Whether nothing of it may be sent any more.
    var isWithdrawn: Bool { state != "pending" && state != "accepted" }
}

/// A line of history as the file has it.
struct HistoryFact: Hashable {
    var payment: Int64
    var revision: Int
    var from: String?
    var to: String
    var reason: String?
    var order: String
    var by: String
}

extension PaymentFact {
    fileprivate init(_ row: Row) {
        let told: Int64? = row[12]
        self.init(
            id: row[0], seq: row[1], state: row[2], reason: row[3], amount: row[4], card: row[5],
            isOffline: row[6], decision: row[7], order: row[8], attempts: row[9],
            unresolved: row[10], isInFlight: row[11], wasTold: told != nil, revision: row[13])
    }
}

extension HistoryFact {
    fileprivate init(_ row: Row) {
        self.init(
            payment: row[0], revision: row[1], from: row[2], to: row[3], reason: row[4],
            order: row[5], by: row[6])
    }
}
