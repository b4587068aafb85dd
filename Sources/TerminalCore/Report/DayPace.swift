/// How a day went: what was paid in each quarter of an hour, and how long payers waited.
///
/// As in ``DayReport`` a payment belongs to the moment that the clock showed when it was made, and
/// counts in the state that it has now.
public struct DayPace: Hashable, Sendable {
    public var day: LocalDate
    /// The quarters in which a payment was made, in the order of time.
    public var quarters: [Quarter]
    /// The whole day.
    public var total: Quarter
    /// Whether there were more than ``paymentsMax``: the later ones are left out.
    public var isCut: Bool

    public static let quarterLength = Duration.seconds(900)
    /// The most payments that are looked at: one each two seconds of a day.
    public static let paymentsMax = 43_200

    /// What the ledger knows of one payment.
    public struct Entry: Hashable, Sendable {
        public var madeAt: Timestamp
        public var state: PaymentState
        /// Approved without the platform.
        public var isOffline: Bool
        public var amount: Money
        /// From the tap to the decision; nil when there was none of them, or nobody can tell.
        public var wait: Duration?

        public init(
            madeAt: Timestamp, state: PaymentState, isOffline: Bool, amount: Money,
            wait: Duration? = nil
        ) {
            self.madeAt = madeAt
            self.state = state
            self.isOffline = isOffline
            self.amount = amount
            self.wait = wait
        }
    }

    /// A part of the day.
    public struct Quarter: Hashable, Sendable {
        /// Its first moment.
        public var from: Timestamp
        /// All that were made, whatever became of them.
        public var payments: Int
        /// What payers were told "yes" to, and it still stands.
        public var approved: Int
        /// The part of ``approved`` that was approved without the platform.
        public var offline: Int
        public var refused: Int
        /// The sum of ``approved``.
        public var amount: Money
        /// Half of the payers waited at most so long; nil when none is known.
        public var medianWait: Duration?
        /// Nineteen of twenty payers waited at most so long.
        public var longWait: Duration?
    }
}

extension DayPace {
    /// The pace of `day`, made of all of its payments in any order.
    public init(_ day: LocalDate, _ entries: [Entry], isCut: Bool = false) {
        let start = day.moments.lowerBound
        let length = Self.quarterLength.wholeMilliseconds
        let groups = Dictionary(grouping: entries) { entry in
            (entry.madeAt - start).wholeMilliseconds / length
        }
        self.day = day
        quarters = groups.sorted { $0.key < $1.key }.map { index, group in
            Quarter(from: start + Self.quarterLength * index, group)
        }
        total = Quarter(from: start, entries)
        self.isCut = isCut
    }
}

extension DayPace.Quarter {
    init(from: Timestamp, _ entries: [DayPace.Entry]) {
        let approved = entries.filter(\.state.isApproved)
        let waits = entries.compactMap(\.wait).sorted()
        self.from = from
        payments = entries.count
        self.approved = approved.count
        offline = approved.count(where: \.isOffline)
        refused = entries.count { $0.state == .refused }
        amount = approved.map(\.amount).reduce(.zero, +)
        medianWait = Self.wait(50, of: waits)
        longWait = Self.wait(95, of: waits)
    }

    /// The shortest wait that so many of a hundred payers did not exceed.
    private static func wait(_ percent: Int, of sorted: [Duration]) -> Duration? {
        sorted.isEmpty ? nil : sorted[(sorted.count * percent + 99) / 100 - 1]
    }
}
