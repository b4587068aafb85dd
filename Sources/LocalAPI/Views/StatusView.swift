internal import Ledger
internal import SyncEngine
internal import TerminalAgent
internal import TerminalCore

/// The whole state of the agent, for people and programs.
struct StatusView: Encodable {
    struct Terminal: Encodable {
        var id: String
        var name: String
        var language: String
        var version: String
        var mode: String
    }

    struct Reader: Encodable {
        var ready: Bool
        var service: Bool?
        var simulated: Bool
        var names: [String]
        var problem: String?
    }

    struct Scanner: Encodable {
        var device: String
        var ready: Bool
        var problem: String?
    }

    struct Platform: Encodable {
        var state: String
        /// Milliseconds in this state.
        var sinceMs: Int64
        var credentialsRefused: Bool
        /// What staff must mend: it refuses this terminal, or sends us elsewhere.
        var problem: String?
    }

    struct Storage: Encodable {
        var ok: Bool
        /// `full`, `read_only`, `failing` or `corrupt`; null while all is well.
        var trouble: String?
        var problem: String?
        /// Nil when none is configured.
        var mirror: Mirror?
    }

    struct Mirror: Encodable {
        var ok: Bool
        var problem: String?
    }

    /// How card numbers stand on the disk.
    struct Cards: Encodable {
        var sealed: Bool
        /// Whether somebody can open them when this machine is lost.
        var recoverable: Bool
    }

    struct Clock: Encodable {
        /// Whether a time server keeps it right.
        var synchronised: Bool
    }

    struct Total: Encodable {
        var count: Int
        var fen: Int64
        /// Milliseconds since the oldest was made.
        var oldestAgeMs: Int64
    }

    struct Sync: Encodable {
        var delivering: Int
        var waiting: Int
        /// Stopped after refusals of different cards in a row, until an operator looks.
        var stopped: Bool
    }

    struct Limits: Encodable {
        var offlineEnabled: Bool
        /// What the offline rules count as unforwarded.
        var totalUsed: Int64
        var totalLimit: Int64
    }

    /// Declined payments under whose number money may have been taken, among the newest 5,000.
    struct Doubt: Encodable {
        var count: Int
        var fen: Int64
    }

    var terminal: Terminal
    var reader: Reader
    /// The barcode scanners that are configured.
    var scanners: [Scanner]
    var platform: Platform
    var storage: Storage
    var cards: Cards
    var clock: Clock
    var queue: [String: Total]
    var inDoubt: Doubt
    var sync: Sync
    var limits: Limits
    /// The imported lost list; absent when none ever was imported.
    var lostList: LostListView?
    var screen: ScreenView
    var now: Int64
}

/// What the payer's page shows, in members that a page can switch over.
struct ScreenView: Encodable, Hashable {
    var kind: String
    var seq: String?
    var amount: Int64?
    var title: String?
    var balance: Int64?
    var offline: Bool?
    var reason: String?
    /// Declined, and what may have been charged goes back; absent otherwise.
    var returning: Bool?
    var expiresAt: Int64?
    var problems: [String]?

    init(_ screen: Screen) {
        switch screen {
        case .idle: kind = "idle"
        case .price(let price):
            kind = "price"
            (amount, title) = (price.amount.fen, price.title)
        case .awaitingCard(let waiting):
            kind = "awaiting_card"
            (seq, amount, title) = (waiting.seq, waiting.amount.fen, waiting.title)
            expiresAt = waiting.expiresAt.milliseconds
        case .reading: kind = "reading"
        case .paying(let sum):
            kind = "paying"
            amount = sum.fen
        case .approved(let number, let sum, let rest, let isOffline):
            kind = "approved"
            (seq, amount, balance, offline) = (number, sum.fen, rest?.fen, isOffline)
        case .declined(let number, let why, let isReturning):
            kind = "declined"
            (seq, reason) = (number, why.rawValue)
            returning = isReturning ? true : nil
        case .cancelled(let number):
            kind = "cancelled"
            seq = number
        case .outOfService(let texts):
            kind = "out_of_service"
            problems = texts
        }
    }
}

/// A presented card, without its number.
struct CardView: Encodable {
    var reader: String
    var card: String?
    var problem: String?

    init(_ notice: CardNotice) {
        reader = notice.reader
        card = notice.masked
        problem = notice.problem
    }
}
