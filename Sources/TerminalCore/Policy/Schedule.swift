/// What a tap costs at which time of the day, in fixed mode.
public struct Schedule: Hashable, Sendable {
    /// One period of the day, in minutes after local midnight, `from` included, `to` not.
    public struct Period: Hashable, Sendable {
        public var from: Int
        public var to: Int
        public var amount: Money
        public var title: String?

        public init(from: Int, to: Int, amount: Money, title: String?) {
            self.from = from
            self.to = to
            self.amount = amount
            self.title = title
        }
    }

    public var periods: [Period]
    /// Used when there are no periods at all.
    public var amount: Money
    public var title: String

    public init(periods: [Period], amount: Money, title: String) {
        self.periods = periods
        self.amount = amount
        self.title = title
    }

    /// The price at `minute` (0 to 1439) of the local day that began at `midnight`; nil outside of
    /// all periods.
    public func price(atMinute minute: Int, midnight: Timestamp) -> Session.Price? {
        if periods.isEmpty {
            return Session.Price(amount: amount, title: title, periodStart: midnight)
        }
        guard let period = periods.first(where: { ($0.from..<$0.to).contains(minute) }) else {
            return nil
        }
        return Session.Price(
            amount: period.amount, title: period.title ?? title,
            periodStart: midnight + .seconds(period.from * 60))
    }
}
