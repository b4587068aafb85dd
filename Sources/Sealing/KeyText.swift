internal import FoundationEssentials

/// The text of a key: base64 of either alphabet, with or without PEM's armour.
public enum KeyText {
    /// The line that begins a key of this kind in PEM.
    public static func begin(_ kind: String) -> String { "-----BEGIN \(kind)-----" }

    /// The line that ends it.
    public static func end(_ kind: String) -> String { "-----END \(kind)-----" }

    /// Nil when the text is neither base64 nor PEM of this kind.
    static func bytes(_ text: String, _ kind: String) -> [UInt8]? {
        var lines = text.split(whereSeparator: \.isNewline).map { line in
            line.filter { $0 != " " || line.hasPrefix("-----") }
        }
        if lines.first == begin(kind) {
            guard lines.count > 2, lines.last == end(kind) else { return nil }
            lines = Array(lines.dropFirst().dropLast())
        }
        return decode(lines.joined())
    }

    static func urlSafe(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }

    private static func decode(_ text: String) -> [UInt8]? {
        var letters = text.replacing("-", with: "+").replacing("_", with: "/")
        while letters.last == "=" { letters.removeLast() }
        letters += String(repeating: "=", count: (4 - letters.utf8.count % 4) % 4)
        return Data(base64Encoded: letters).map { Array($0) }
    }
}
