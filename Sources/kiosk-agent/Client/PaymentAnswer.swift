/// A payment as the agent tells it.
struct PaymentAnswer: Decodable {
    struct Change: Decodable {
        var at: Int64
        var from: String?
        var to: String
        var reason: String?
        var order: String
        var by: String
        var note: String?
    }

    var seq: String
    var state: String
    var reason: String?
    var amount: Int64
    var title: String
    var reference: String?
    var card: String?
    var offline: Bool
    var createdAt: Int64
    var updatedAt: Int64
    var toldAt: Int64?
    var tradeId: String?
    var order: String?
    var paidAmount: Int64?
    var balance: Int64?
    var attempts: Int
    var history: [Change]?

    /// The card's balance after the charge; nil when that charge is not in force.
    var presentBalance: Int64? { state == "settled" ? balance : nil }
}

/// A page of payments.
struct PaymentsAnswer: Decodable {
    var payments: [PaymentAnswer]
    var next: String?
}

/// The state of the agent.
struct StatusAnswer: Decodable {
    struct Terminal: Decodable {
        var id: String
        var name: String
        var version: String
        var mode: String
    }

    struct Reader: Decodable {
        var ready: Bool
        var service: Bool?
        var simulated: Bool
        var names: [String]
        var problem: String?
    }

    struct Scanner: Decodable {
        var device: String
        var problem: String?
    }

    struct Platform: Decodable {
        var state: String
        var sinceMs: Int64
        var problem: String?
    }

    struct Storage: Decodable {
        var ok: Bool
        /// `full`, `read_only`, `failing` or `corrupt`; nil while all is well.
        var trouble: String?
        var problem: String?
        var mirror: Mirror?
    }

    struct Mirror: Decodable {
        var ok: Bool
        var problem: String?
    }

    struct Cards: Decodable {
        var sealed: Bool
        var recoverable: Bool
    }

    struct Total: Decodable {
        var count: Int
        var fen: Int64
        var oldestAgeMs: Int64
    }

    struct Sync: Decodable {
        var delivering: Int
        var waiting: Int
        var stopped: Bool
    }

    struct Limits: Decodable {
        var offlineEnabled: Bool
        var totalUsed: Int64
        var totalLimit: Int64
    }

    struct Doubt: Decodable {
        var count: Int
        var fen: Int64
    }

    var terminal: Terminal
    var reader: Reader
    /// Nil from an agent of 0.2, as are ``cards`` and ``inDoubt``.
    var scanners: [Scanner]?
    var platform: Platform
    var storage: Storage
    var queue: [String: Total]
    var cards: Cards?
    var inDoubt: Doubt?
    var sync: Sync
    var limits: Limits
    var lostList: LostListAnswer?

    /// How many payments the platform is owed.
    var owed: Int { ["accepted", "reversing"].compactMap { queue[$0]?.count }.reduce(0, +) }
}

/// The imported lost list.
struct LostListAnswer: Decodable {
    var version: String?
    var cards: Int
    var ageMs: Int64
    var tooOld: Bool
}
