/// Whether a figure of a running program stays level.
public enum Trend {
    /// One measurement.
    public struct Point: Hashable, Sendable {
        /// Since the beginning.
        public var seconds: Double
        public var value: Double

        public init(seconds: Double, value: Double) {
            self.seconds = seconds
            self.value = value
        }
    }

    /// The second half of a run is cut into so many windows.
    static let windows = 12
    private static let daySeconds = 86_400.0

    /// How much the figure would grow in 24 hours, by the second half of the run.
    ///
    /// The first half fills caches. Of each window the lowest value counts: what comes and goes is
    /// no leak, and a leak lifts the lowest value too. Nil when the half has too few points.
    public static func growthPerDay(_ points: [Point]) -> Double? {
        let end = points.last?.seconds ?? 0
        let half = points.filter { $0.seconds * 2 >= end }
        guard half.count >= windows else { return nil }
        let floors = (0..<windows).map { window in
            floor(half[(half.count * window / windows)..<(half.count * (window + 1) / windows)])
        }
        return slope(floors) * daySeconds
    }

    private static func floor(_ points: ArraySlice<Point>) -> Point {
        let seconds = points.reduce(0.0) { $0 + $1.seconds } / Double(points.count)
        return Point(seconds: seconds, value: points.map(\.value).min() ?? 0)
    }

    /// The slope of the straight line with the least squares, in units a second; 0 for points of
    /// one moment.
    static func slope(_ points: [Point]) -> Double {
        let count = Double(points.count)
        let time = points.reduce(0.0) { $0 + $1.seconds } / count
        let level = points.reduce(0.0) { $0 + $1.value } / count
        let spread = points.reduce(0.0) { $0 + ($1.seconds - time) * ($1.seconds - time) }
        let common = points.reduce(0.0) { $0 + ($1.seconds - time) * ($1.value - level) }
        return spread > 0 ? common / spread : 0
    }
}
