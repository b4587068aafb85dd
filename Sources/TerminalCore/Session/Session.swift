/// The terminal's dealings with the people in front of it. The rules are in
/// ``Session/StateMachine``; what they show is a ``Screen``.
public enum Session {
    /// Whether a POS asks for each payment, or each tap pays.
    public enum Mode: Hashable, Sendable {
        case requested
        case fixed
    }

    /// What a tap pays in fixed mode.
    public struct Price: Hashable, Sendable {
        public var amount: Money
        public var title: String
        /// The start of the current period, for `per_card_per_period`; nil outside of a schedule.
        public var periodStart: Timestamp?

        public init(amount: Money, title: String, periodStart: Timestamp? = nil) {
            self.amount = amount
            self.title = title
            self.periodStart = periodStart
        }
    }

    /// The payment that waits for a tap.
    public struct Waiting: Hashable, Sendable {
        public var seq: String
        public var amount: Money
        public var title: String
        public var expiresAt: Timestamp

        public init(seq: String, amount: Money, title: String, expiresAt: Timestamp) {
            self.seq = seq
            self.amount = amount
            self.title = title
            self.expiresAt = expiresAt
        }
    }
}
