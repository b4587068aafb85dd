/// Metrics as text, in Prometheus' exposition format 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/).
public enum MetricText {
    /// What goes into the header `Content-Type`.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// Each family in one piece, with a line of help and one for its kind, even without a sample.
    public static func text(_ families: [MetricFamily]) -> String {
        var text = ""
        for family in families {
            text += "# HELP \(family.name) \(escaped(family.help))\n"
            text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
            for sample in family.samples {
                text += "\(family.name)\(sample.suffix)\(labels(sample.labels)) "
                text += "\(number(sample.value))\n"
            }
        }
        return text
    }

    static func seconds(_ time: Duration) -> String { number(time / .seconds(1)) }

    /// Whole numbers without a point, as long as a `Double` holds them exactly.
    private static func number(_ value: Double) -> String {
        guard value.rounded() == value, value.magnitude < 9e15 else { return "\(value)" }
        return "\(Int64(value))"
    }

    private static func labels(_ labels: [MetricLabel]) -> String {
        guard !labels.isEmpty else { return "" }
        let parts = labels.map { "\($0.name)=\"\(escaped($0.value, quotes: true))\"" }
        return "{\(parts.joined(separator: ","))}"
    }

    /// One line, whatever stands in it; only label values have their quotes escaped.
    private static func escaped(_ text: String, quotes: Bool = false) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
