/// One metric with all of its samples, as a scraper sees it.
public struct MetricFamily: Hashable, Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        /// Only grows, from zero at the start of the program.
        case counter
        /// Goes up and down.
        case gauge
        /// How often something took how long.
        case histogram
    }

    public var name: String
    public var kind: Kind
    /// What it counts, in one sentence.
    public var help: String
    /// None when there is nothing to say now.
    public var samples: [MetricSample]

    public init(_ name: String, _ kind: Kind, _ help: String, _ samples: [MetricSample]) {
        self.name = name
        self.kind = kind
        self.help = help
        self.samples = samples
    }
}

/// One number of a metric.
public struct MetricSample: Hashable, Sendable {
    /// What follows the metric's name: `_bucket`, `_sum` or `_count` of a histogram.
    public var suffix: String
    public var labels: [MetricLabel]
    public var value: Double

    public init(
        _ value: Double, _ labels: KeyValuePairs<String, String> = [:], suffix: String = ""
    ) {
        self.suffix = suffix
        self.labels = labels.map { MetricLabel(name: $0.key, value: $0.value) }
        self.value = value
    }

    /// 1 for true, 0 for false.
    public init(_ isSo: Bool, _ labels: KeyValuePairs<String, String> = [:]) {
        self.init(isSo ? 1 : 0, labels)
    }
}

/// What tells the samples of one metric apart.
public struct MetricLabel: Hashable, Sendable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

extension Histogram {
    /// The buckets, each with those below it, then sum (in seconds) and count.
    public func samples(_ labels: KeyValuePairs<String, String> = [:]) -> [MetricSample] {
        var (total, samples): (UInt64, [MetricSample]) = (0, [])
        for (index, count) in counts.enumerated() {
            total += count
            let bound = index < bounds.count ? MetricText.seconds(bounds[index]) : "+Inf"
            var sample = MetricSample(Double(total), labels, suffix: "_bucket")
            sample.labels.append(MetricLabel(name: "le", value: bound))
            samples.append(sample)
        }
        return samples + [
            MetricSample(sum / .seconds(1), labels, suffix: "_sum"),
            MetricSample(Double(total), labels, suffix: "_count"),
        ]
    }
}
