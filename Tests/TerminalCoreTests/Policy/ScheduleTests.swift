import Testing

@testable import TerminalCore

@Suite("The price of a tap")
struct ScheduleTests {
    private static let midnight = Timestamp(milliseconds: 1_700_000_000_000)

    /// Breakfast 06:30 to 09:00, lunch 10:30 to 13:30, tea from 13:30 to the end of the day.
    private let schedule = Schedule(
        periods: [
            .init(from: 390, to: 540, amount: Money(fen: 800), title: "Breakfast"),
            .init(from: 630, to: 810, amount: Money(fen: 1_500), title: nil),
            .init(from: 810, to: 1_440, amount: Money(fen: 500), title: "Tea"),
        ], amount: Money(fen: 9_999), title: "Canteen")

    @Test(
        "a period has its first minute and not its last",
        arguments: [
            (389, nil), (390, 800), (539, 800), (540, nil), (629, nil), (630, 1_500),
            (809, 1_500), (810, 500), (1_439, 500), (0, nil),
        ] as [(Int, Int64?)])
    func boundaries(minute: Int, fen: Int64?) {
        #expect(schedule.price(atMinute: minute, midnight: Self.midnight)?.amount.fen == fen)
    }

    @Test(
        "a period has its own title, or the default one, and its start",
        arguments: [
            (400, "Breakfast", 390), (700, "Canteen", 630), (1_439, "Tea", 810),
        ])
    func titles(minute: Int, title: String, start: Int) throws {
        let price = try #require(schedule.price(atMinute: minute, midnight: Self.midnight))
        #expect(price.title == title)
        #expect(price.periodStart == Self.midnight + .seconds(start * 60))
    }

    @Test("without periods the fixed amount holds all day", arguments: [0, 720, 1_439])
    func noPeriods(minute: Int) {
        let schedule = Schedule(periods: [], amount: Money(fen: 1_500), title: "Lunch")
        #expect(
            schedule.price(atMinute: minute, midnight: Self.midnight)
                == Session.Price(
                    amount: Money(fen: 1_500), title: "Lunch", periodStart: Self.midnight))
    }

    @Test("where periods overlap the first one counts")
    func overlap() {
        let schedule = Schedule(
            periods: [
                .init(from: 600, to: 700, amount: Money(fen: 1), title: nil),
                .init(from: 650, to: 800, amount: Money(fen: 2), title: nil),
            ], amount: .zero, title: "Lunch")
        #expect(schedule.price(atMinute: 650, midnight: Self.midnight)?.amount.fen == 1)
        #expect(schedule.price(atMinute: 700, midnight: Self.midnight)?.amount.fen == 2)
    }
}
