/// One event of the log, and the one line that it is written as, whatever stands in it.
public struct LogLine: Hashable, Sendable {
    /// When, in Unix milliseconds.
    public var at: Int64
    /// The same moment for people, as in ISO 8601.
    public var time: String
    /// The word for how much it matters, for example `warning`.
    public var level: String
    /// What happened; a short text that is always the same for the same kind of event.
    public var event: String
    /// What else is known of it.
    public var members: [String: String]

    public init(
        at: Int64, time: String, level: String, event: String, members: [String: String] = [:]
    ) {
        self.at = at
        self.time = time
        self.level = level
        self.event = event
        self.members = members
    }

    /// For people: time, level, event, then the members by name. A value with spaces is in quotes.
    public var text: String {
        let parts = sorted.map { name, value in
            "\(Self.escaped(name))=\(Self.isPlain(value) ? value : Self.quoted(value))"
        }
        return ([time, level, Self.escaped(event)] + parts).joined(separator: " ")
    }

    /// For collectors: one JSON object. What the line itself says wins over members of that name.
    public var json: String {
        let own = [
            "\"at\":\(at)", "\"level\":\(Self.quoted(level))", "\"message\":\(Self.quoted(event))",
        ]
        let rest = sorted.filter { !["at", "level", "message"].contains($0.key) }
            .map { name, value in "\(Self.quoted(name)):\(Self.quoted(value))" }
        return "{\((own + rest).joined(separator: ","))}"
    }

    private var sorted: [(key: String, value: String)] { members.sorted { $0.key < $1.key } }

    /// Whether a value ends where the next space is.
    private static func isPlain(_ value: String) -> Bool {
        let scalars = value.unicodeScalars
        return !scalars.isEmpty && !scalars.contains(" ") && !scalars.contains("=")
            && value == escaped(value)
    }

    private static func quoted(_ text: String) -> String { "\"\(escaped(text))\"" }

    /// As in a JSON string: without ends of lines of any kind, and without control characters.
    private static func escaped(_ text: String) -> String {
        // Most texts are; to look up what each letter is takes long.
        if text.utf8.allSatisfy(\.standsForItself) { return text }
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": escaped += "\\\""
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\t": escaped += "\\t"
            case _ where scalar.breaksLines: escaped += "\\u" + scalar.fourDigits
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

extension UInt8 {
    /// Whether it is printable ASCII that needs no escape.
    fileprivate var standsForItself: Bool {
        (0x20...0x7E).contains(self) && self != UInt8(ascii: "\"") && self != UInt8(ascii: "\\")
    }
}

extension Unicode.Scalar {
    /// A control character, or one that some programs take for the end of a line.
    fileprivate var breaksLines: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    fileprivate var fourDigits: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }
}
