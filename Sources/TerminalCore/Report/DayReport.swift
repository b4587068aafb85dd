/// What became of the payments of one day, adding up to the ledger.
///
/// A payment belongs to the day that the clock showed when it was made, and counts in the state
/// that it has now. The members are those of the JSON form, in snake case.
public struct DayReport: Hashable, Sendable, Codable {
    /// The terminal's local day, for example `2026-11-21`.
    public var date: String
    public var from: Moment
    /// The first moment that does not belong to the day any more.
    public var to: Moment
    /// The terminals whose payments are counted: one, but for a ledger that served several.
    public var terminals: [String]
    /// When the first payment was made.
    public var first: Moment?
    public var last: Moment?
    /// Every state, also without a payment; together they are ``total``.
    public var states: [Line]
    /// The refused payments by reason; together they are the refused ones of ``states``.
    public var refused: [Line]
    /// What payers were told "yes" to, and it still stands.
    public var approved: Line
    /// The part of ``approved`` that was approved without the platform.
    public var offline: Line
    public var total: Line

    /// A moment for programs and for people.
    public struct Moment: Hashable, Sendable, Codable {
        /// Unix milliseconds.
        public var at: Int64
        /// Local time with its offset.
        public var local: String

        init(_ moment: Timestamp) { (at, local) = (moment.milliseconds, moment.localText) }
    }

    /// A count and its sums.
    public struct Line: Hashable, Sendable, Codable {
        public var state: PaymentState?
        public var reason: Reason?
        public var count = 0
        /// In fen.
        public var amount: Int64 = 0
        /// What was really taken, in fen: vouchers can make it less than ``amount``. Only settled
        /// payments have taken anything.
        public var paidAmount: Int64 = 0
    }

    /// What the ledger counts in one go.
    public struct Group: Hashable, Sendable {
        public var terminal: String
        public var state: PaymentState
        public var reason: Reason?
        public var isOffline: Bool
        public var count: Int
        public var amount: Money
        public var paidAmount: Money
        /// When the first of them was made.
        public var first: Timestamp
        public var last: Timestamp

        public init(
            terminal: String, state: PaymentState, reason: Reason?, isOffline: Bool, count: Int,
            amount: Money, paidAmount: Money, first: Timestamp, last: Timestamp
        ) {
            self.terminal = terminal
            self.state = state
            self.reason = reason
            self.isOffline = isOffline
            self.count = count
            self.amount = amount
            self.paidAmount = paidAmount
            self.first = first
            self.last = last
        }
    }
}

extension DayReport {
    /// The report of `day`, made of all groups of its payments.
    public init(_ day: LocalDate, groups: [Group]) {
        let moments = day.moments
        date = day.description
        (from, to) = (Moment(moments.lowerBound), Moment(moments.upperBound))
        terminals = Set(groups.map(\.terminal)).sorted()
        first = groups.map(\.first).min().map(Moment.init)
        last = groups.map(\.last).max().map(Moment.init)
        states = PaymentState.allCases.map { state in
            Line(groups.filter { $0.state == state }, state: state)
        }
        refused = Reason.allCases.compactMap { reason in
            let groups = groups.filter { $0.state == .refused && $0.reason == reason }
            return groups.isEmpty ? nil : Line(groups, state: .refused, reason: reason)
        }
        approved = Line(groups.filter(\.state.isApproved))
        offline = Line(groups.filter { $0.state.isApproved && $0.isOffline })
        total = Line(groups)
    }
}

extension DayReport.Line {
    init(_ groups: [DayReport.Group], state: PaymentState? = nil, reason: Reason? = nil) {
        (self.state, self.reason) = (state, reason)
        count = groups.map(\.count).reduce(0, +)
        amount = groups.map(\.amount).reduce(.zero, +).fen
        paidAmount = groups.map(\.paidAmount).reduce(.zero, +).fen
    }
}

extension PaymentState: Codable {}
extension Reason: Codable {}
