internal import TerminalCore

/// How a day went, by quarters of an hour.
struct DayView: Encodable {
    /// The payments that were made in a part of the day; money in fen.
    struct Quarter: Encodable {
        var from: Int64
        var payments: Int
        var approved: Int
        var offline: Int
        var refused: Int
        var fen: Int64
        /// Milliseconds from the tap to the decision that half of the payers waited at most.
        var waitP50Ms: Int64?
        /// The same for 95 of 100.
        var waitP95Ms: Int64?

        init(_ quarter: DayPace.Quarter) {
            from = quarter.from.milliseconds
            (payments, approved) = (quarter.payments, quarter.approved)
            (offline, refused) = (quarter.offline, quarter.refused)
            fen = quarter.amount.fen
            waitP50Ms = quarter.medianWait?.wholeMilliseconds
            waitP95Ms = quarter.longWait?.wholeMilliseconds
        }
    }

    var date: String
    /// The day's bounds.
    var from: Int64
    var to: Int64
    var quarterMs: Int64
    /// Those with a payment.
    var quarters: [Quarter]
    var total: Quarter
    /// Whether there were too many: the later ones are left out.
    var cut: Bool

    init(_ pace: DayPace) {
        let bounds = pace.day.moments
        date = pace.day.description
        (from, to) = (bounds.lowerBound.milliseconds, bounds.upperBound.milliseconds)
        quarterMs = DayPace.quarterLength.wholeMilliseconds
        quarters = pace.quarters.map(Quarter.init)
        total = Quarter(pace.total)
        cut = pace.isCut
    }
}
