import Instruments
import Testing

@Suite("A histogram") struct HistogramTests {
    private static let bounds = [Duration.milliseconds(100), .seconds(1)]

    @Test("a time falls into the first bucket that is not shorter")
    func buckets() {
        var histogram = Histogram(bounds: Self.bounds)
        #expect(histogram.counts == [0, 0, 0] && histogram.count == 0 && histogram.sum == .zero)
        for time in [0, 100, 101, 1_000, 1_001, 60_000] {
            histogram.record(.milliseconds(time))
        }
        #expect(histogram.counts == [2, 2, 2])
        #expect(histogram.count == 6)
        #expect(histogram.sum == .milliseconds(62_202))
    }

    @Test("its samples count each bucket with those below it")
    func samples() {
        var histogram = Histogram(bounds: Self.bounds)
        for time in [50, 60, 500, 2_000] { histogram.record(.milliseconds(time)) }
        let samples = histogram.samples(["answer": "approved"])
        #expect(samples.map(\.suffix) == ["_bucket", "_bucket", "_bucket", "_sum", "_count"])
        #expect(samples.map(\.value) == [2, 3, 4, 2.61, 4])
        let last = samples.map { $0.labels.last?.value }
        #expect(last == ["0.1", "1", "+Inf", "approved", "approved"])
    }

    @Test("the bounds for a payer's wait hold the two times that the configuration sets")
    func waits() {
        #expect(Histogram.waits.contains(.seconds(3)) && Histogram.waits.contains(.seconds(4)))
        #expect(Histogram().bounds == Histogram.waits)
    }
}
