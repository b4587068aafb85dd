/// A page of metrics, read back by the grammar of Prometheus' text format 0.0.4.
///
/// Shares no code with what writes it.
public struct MetricsPage: Hashable, Sendable {
    public struct Family: Hashable, Sendable {
        public var name: String
        public var help: String
        /// `counter`, `gauge` or `histogram`.
        public var kind = ""
        public var samples: [Sample] = []

        public init(name: String, help: String) { (self.name, self.help) = (name, help) }
    }

    public struct Sample: Hashable, Sendable {
        /// With the suffix of a histogram's.
        public var name: String
        public var labels: [String: String]
        public var value: Double

        public init(name: String, labels: [String: String], value: Double) {
            (self.name, self.labels, self.value) = (name, labels, value)
        }
    }

    /// The line that is not of the grammar, and why when that is not plain to see.
    public struct Malformed: Error, CustomStringConvertible {
        public var description: String
    }

    public private(set) var families: [Family] = []

    /// Throws ``Malformed`` for the first line that the grammar does not know.
    public init(_ text: String) throws(Malformed) {
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.last?.isEmpty == true else {
            throw Malformed(description: "the last line has no end")
        }
        for line in lines.dropLast() { try take(Line(Array(line)[...])) }
        guard Set(families.map(\.name)).count == families.count else {
            throw Malformed(description: "a metric comes twice")
        }
    }

    /// The sample of this name with just these labels; nil when there is none.
    public func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        families.flatMap(\.samples).first { $0.name == name && $0.labels == labels }?.value
    }

    private mutating func take(_ line: Line) throws(Malformed) {
        var line = line
        let wrong = Malformed(description: line.text)
        if line.skip("# HELP ") {
            guard let name = line.name(), line.skip(" ") else { throw wrong }
            return families.append(Family(name: name, help: Line.plain(line.rest)))
        }
        guard var family = families.popLast() else { throw wrong }
        if line.skip("# TYPE ") {
            guard line.name() == family.name, family.kind.isEmpty, line.skip(" ") else {
                throw wrong
            }
            family.kind = line.text
            guard ["counter", "gauge", "histogram"].contains(family.kind) else { throw wrong }
        } else {
            guard let sample = line.sample() else { throw wrong }
            let suffixes = family.kind == "histogram" ? ["_bucket", "_sum", "_count"] : [""]
            guard suffixes.contains(where: { sample.name == family.name + $0 }) else { throw wrong }
            family.samples.append(sample)
        }
        families.append(family)
    }
}

/// What is left of a line, by scalars: a mark that joins the quote before it is still behind it.
private struct Line {
    private static let digits = Set("0123456789".unicodeScalars)
    private static let letters = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_".unicodeScalars)

    var rest: ArraySlice<Unicode.Scalar>

    init(_ scalars: ArraySlice<Unicode.Scalar>) { rest = scalars }

    var text: String { Self.string(rest) }

    /// Whether `word` stood here; it is passed then.
    mutating func skip(_ word: String) -> Bool {
        guard rest.starts(with: word.unicodeScalars) else { return false }
        rest = rest.dropFirst(word.unicodeScalars.count)
        return true
    }

    /// A name of a metric or a label; nil when none stands here.
    mutating func name() -> String? {
        let name = rest.prefix { Self.letters.contains($0) || Self.digits.contains($0) }
        guard let first = name.first, !Self.digits.contains(first) else { return nil }
        rest = rest.dropFirst(name.count)
        return Self.string(name)
    }

    /// A whole sample, to the end of the line.
    mutating func sample() -> MetricsPage.Sample? {
        guard let name = self.name(), let labels = self.labels(), skip(" "),
            let value = Double(text)
        else { return nil }
        return MetricsPage.Sample(name: name, labels: labels, value: value)
    }

    /// Nil when they are malformed or one comes twice.
    private mutating func labels() -> [String: String]? {
        var labels: [String: String] = [:]
        guard skip("{") else { return labels }
        repeat {
            guard let name = self.name(), labels[name] == nil, skip("=\""),
                let value = quoted()
            else { return nil }
            labels[name] = value
        } while skip(",")
        return skip("}") ? labels : nil
    }

    /// Up to the quote that closes it.
    private mutating func quoted() -> String? {
        var isEscaped = false
        let end = rest.firstIndex { scalar in
            if isEscaped {
                isEscaped = false
                return false
            }
            isEscaped = scalar == "\\"
            return scalar == "\""
        }
        guard let end else { return nil }
        defer { rest = rest[(end + 1)...] }
        return Self.plain(rest[..<end])
    }

    /// Without its escapes.
    static func plain(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var (plain, isEscaped): ([Unicode.Scalar], Bool) = ([], false)
        for scalar in scalars {
            if !isEscaped, scalar == "\\" {
                isEscaped = true
            } else {
                plain.append(isEscaped && scalar == "n" ? "\n" : scalar)
                isEscaped = false
            }
        }
        return string(plain[...])
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(scalars))
    }
}
