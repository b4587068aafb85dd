/// What payers were told, beside what the terminal says and what the platform took, once nothing
/// is under way any more.
///
/// Each difference is a finding; nothing is rounded or counted away.
public struct Books: Sendable {
    /// A payment as the terminal lists it.
    public struct Payment: Hashable, Sendable, Decodable {
        public var seq: String
        public var state: String
        /// In fen.
        public var amount: Int64
        /// The whole number; nil when it was paid by a code, or not at all.
        public var card: String?
        /// Its order number, once that was renewed.
        public var order: String?

        public init(
            seq: String, state: String, amount: Int64, card: String? = nil, order: String? = nil
        ) {
            self.seq = seq
            self.state = state
            self.amount = amount
            self.card = card
            self.order = order
        }
    }

    /// An order as the platform lists it.
    public struct Trade: Hashable, Sendable, Decodable {
        public var seq: String
        public var card: String
        /// In fen.
        public var amount: Int64
        /// How often its card was charged.
        public var charges: Int
        /// How often a charge was given back.
        public var refunds: Int

        public init(seq: String, card: String, amount: Int64, charges: Int, refunds: Int) {
            self.seq = seq
            self.card = card
            self.amount = amount
            self.charges = charges
            self.refunds = refunds
        }
    }

    /// The state that the payer of each order number was told.
    public var told: [String: String]
    public var payments: [Payment]
    public var trades: [Trade]
    /// What all cards have less than at the beginning, in fen.
    public var spent: Int64
    /// Its approved offline payments may end `held`.
    public var lostCard: String
    /// Its approved offline payments may end `rejected`.
    public var poorCard: String

    public init(
        told: [String: String], payments: [Payment], trades: [Trade], spent: Int64,
        lostCard: String, poorCard: String
    ) {
        self.told = told
        self.payments = payments
        self.trades = trades
        self.spent = spent
        self.lostCard = lostCard
        self.poorCard = poorCard
    }
}
