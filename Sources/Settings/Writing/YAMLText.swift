/// Values as YAML on one line, for a file that is written for people and read by ``YAMLDocument``.
enum YAMLText {
    /// A single value that reads back as the same text, plain where nothing can be mistaken.
    static func scalar(_ text: String) -> String {
        let plain = /[A-Za-z0-9\/](?:[A-Za-z0-9\/._+\-]|\ (?=[A-Za-z0-9]))*/
        let isPlain = text.wholeMatch(of: plain) != nil && text != "null"
        return isPlain ? text : "\"" + text.unicodeScalars.map(escaped).joined() + "\""
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        case "\n": return "\\n"
        default: break
        }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator:
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return "\\U" + String(repeating: "0", count: 8 - digits.utf8.count) + digits
        default: return String(scalar)
        }
    }
}

extension Raw {
    /// In YAML's flow style, so that it reads back as the same value.
    var yaml: String {
        switch content {
        case .null: "null"
        case .scalar(let text): YAMLText.scalar(text)
        case .list(let items): "[" + items.map(\.yaml).joined(separator: ", ") + "]"
        case .map(let members):
            "{"
                + members.map { "\(YAMLText.scalar($0.name)): \($0.value.yaml)" }
                .joined(separator: ", ") + "}"
        case .tooDeep: YAMLText.scalar("…")
        }
    }
}
