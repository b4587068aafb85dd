/// How long things took: a count for each bound, and the sum.
///
/// A value, so that the actor that owns one records with an addition and without a lock.
public struct Histogram: Hashable, Sendable {
    /// The longest times of the buckets, ascending; what took longer has a bucket of its own.
    public let bounds: [Duration]
    /// How many fell into each bucket, and last how many took longer than all bounds.
    public private(set) var counts: [UInt64]
    public private(set) var sum = Duration.zero

    /// Bounds for what a payer at the counter waits for.
    ///
    /// A local answer is one commit, some 5 to 50 ms; an online one is two calls, some 100 to 500
    /// ms; from a second on a queue notices. 3 s and 4 s are the defaults of
    /// `platform.request_timeout` and `platform.decision_deadline`, so that what ran into one of
    /// them stands apart from what came just before it.
    public static let waits: [Duration] = [
        .milliseconds(25), .milliseconds(50), .milliseconds(100), .milliseconds(250),
        .milliseconds(500), .seconds(1), .seconds(2), .seconds(3), .seconds(4), .seconds(6),
        .seconds(10),
    ]

    /// Nothing recorded; `bounds` ascend.
    public init(bounds: [Duration] = Histogram.waits) {
        precondition(zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 })
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    /// How many were recorded.
    public var count: UInt64 { counts.reduce(0, +) }

    /// One more took `time`.
    public mutating func record(_ time: Duration) {
        counts[bounds.firstIndex { time <= $0 } ?? bounds.count] += 1
        sum += time
    }
}
