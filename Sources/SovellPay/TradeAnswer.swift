internal import FoundationEssentials

/// A trade in the platform's words. Unknown members are ignored.
struct TradeAnswer: Decodable, Hashable {
    var seq: String?
    var trade_id: String?
    var id: String?
    var create_time: Int64?
    var status: Status
    var detail: [Detail]?

    struct Detail: Decodable, Hashable {
        var card: String?
        var amount: Int64?
        var balance: Int64?
    }

    /// The platform's status values.
    enum Status: String, Decodable {
        /// Processing.
        case accepted
        /// Paid.
        case normal
        case fail
        case refunding
        /// Partly refunded, so it was charged.
        case refund
        /// Closed or fully refunded.
        case closed

        /// Whether money was taken and not all of it given back.
        var isPaid: Bool { self == .normal || self == .refund }
    }

    /// Nil when `body` is not a trade: cut off, another document, an unknown status.
    init?(_ body: [UInt8]) {
        guard let answer = try? JSONDecoder().decode(Self.self, from: Data(body)) else {
            return nil
        }
        self = answer
    }
}
