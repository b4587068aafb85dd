import Testing

@testable import PeakBooks

@Suite("Whether a figure stays level")
struct TrendTests {
    /// Two hours, a value every 10 s.
    private func run(_ value: (Double) -> Double) -> [Trend.Point] {
        (0..<720).map { Trend.Point(seconds: Double($0) * 10, value: value(Double($0) * 10)) }
    }

    private func isNear(_ value: Double?, _ wanted: Double, within: Double = 0.001) -> Bool {
        value.map { abs($0 - wanted) <= within } ?? false
    }

    @Test("a straight line is its own slope")
    func slope() {
        let points = [(0.0, 5.0), (10.0, 7.0), (20.0, 9.0)].map { seconds, value in
            Trend.Point(seconds: seconds, value: value)
        }
        #expect(isNear(Trend.slope(points), 0.2))
        #expect(Trend.slope([Trend.Point(seconds: 1, value: 9)]) == 0)
    }

    @Test("a steady leak is told as what it takes in a day, peaks above it or not")
    func leak() {
        let leak = run { 40 + $0 / 3_600 }
        #expect(isNear(Trend.growthPerDay(leak), 24))
        let busy = run { 40 + $0 / 3_600 + ($0.truncatingRemainder(dividingBy: 60) == 0 ? 9 : 0) }
        #expect(isNear(Trend.growthPerDay(busy), 24, within: 1))
    }

    @Test("what grows in the first half, or comes and goes, is level")
    func level() {
        #expect(isNear(Trend.growthPerDay(run { min($0, 3_000) }), 0))
        let saw = run { 40 + $0.truncatingRemainder(dividingBy: 60) }
        #expect(isNear(Trend.growthPerDay(saw), 0))
    }

    @Test("one step in the middle of the second hour counts as 36 a day")
    func step() {
        let step = run { $0 < 5_400 ? 0 : 1 }
        #expect(isNear(Trend.growthPerDay(step), 36, within: 1))
    }

    @Test("too few points tell nothing")
    func few() {
        #expect(Trend.growthPerDay([]) == nil)
        #expect(Trend.growthPerDay(Array(run { $0 }.prefix(20))) == nil)
        #expect(Trend.growthPerDay(Array(run { $0 }.prefix(30))) != nil)
    }
}
