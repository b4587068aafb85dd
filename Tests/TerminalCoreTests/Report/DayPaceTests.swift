import TerminalTesting
import Testing

@testable import TerminalCore

@Suite("The pace of a day")
struct DayPaceTests {
    private let day = LocalDate(Sample.start)

    private func entry(
        _ minutes: Int, _ state: PaymentState = .settled, offline: Bool = false,
        wait: Duration? = nil
    ) -> DayPace.Entry {
        DayPace.Entry(
            madeAt: day.moments.lowerBound + .seconds(minutes * 60), state: state,
            isOffline: offline, amount: Money(fen: 100), wait: wait)
    }

    @Test("payments fall into their quarters of an hour, and all into the day")
    func quarters() {
        let pace = DayPace(
            day,
            [
                entry(29), entry(0), entry(14, .accepted, offline: true), entry(15, .refused),
                entry(29, .cancelled), entry(600, .held, offline: true),
            ])
        let starts = pace.quarters.map { ($0.from - day.moments.lowerBound).components.seconds }
        #expect(starts == [0, 15 * 60, 600 * 60])
        #expect(pace.quarters.map(\.payments) == [2, 3, 1])
        #expect(pace.quarters.map(\.approved) == [2, 1, 1])
        #expect(pace.quarters.map(\.offline) == [1, 0, 1])
        #expect(pace.quarters.map(\.refused) == [0, 1, 0])
        #expect(pace.quarters.map(\.amount.fen) == [200, 100, 100])
        #expect(pace.total.payments == 6 && pace.total.amount == Money(fen: 400))
        #expect(pace.total.offline == 2 && pace.total.approved == 4 && pace.total.refused == 1)
        #expect(!pace.isCut)
    }

    /// Waits in milliseconds; then the one of half, and the one of 95 of 100.
    static let waits: [([Int], Int?, Int?)] = [
        ([], nil, nil), ([7], 7, 7), ([9, 1], 1, 9), ([3, 1, 2], 2, 3), ([4, 3, 2, 1], 2, 4),
        (Array(1...20), 10, 19), (Array(1...100), 50, 95), (Array(1...21), 11, 20),
    ]

    @Test("so many payers waited at most so long", arguments: waits)
    func percentiles(_ waits: [Int], _ half: Int?, _ most: Int?) {
        let entries = waits.map { entry(0, wait: .milliseconds($0)) } + [entry(0)]
        let total = DayPace(day, entries).total
        #expect(total.medianWait == half.map { Duration.milliseconds($0) })
        #expect(total.longWait == most.map { Duration.milliseconds($0) })
        #expect(total.payments == waits.count + 1)
    }

    @Test("a day without a payment has no quarter")
    func empty() {
        let pace = DayPace(day, [])
        #expect(pace.quarters == [] && pace.total.payments == 0 && pace.total.amount == .zero)
    }
}
