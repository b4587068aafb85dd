internal import FoundationEssentials

/// The text of a key: base64 of either alphabet, with or without PEM's armour.
///
/// Spaces and line feeds do not count: a configuration may have the lines of PEM in one.
enum KeyText {
    /// The line that begins a key of this kind in PEM.
    static func begin(_ kind: String) -> String { "-----BEGIN \(kind)-----" }

    /// The line that ends it.
    static func end(_ kind: String) -> String { "-----END \(kind)-----" }

    /// Nil when the text is neither base64 nor PEM of this kind.
    static func bytes(_ text: String, _ kind: String) -> [UInt8]? {
        let letters = joined(text)
        let (head, tail) = (joined(begin(kind)), joined(end(kind)))
        guard letters.hasPrefix(head) else { return decoded(letters) }
        guard letters.hasSuffix(tail) else { return nil }
        return decoded(String(letters.dropFirst(head.count).dropLast(tail.count)))
    }

    static func urlSafe(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }

    private static func joined(_ text: String) -> String { text.filter { !$0.isWhitespace } }

    private static func decoded(_ text: String) -> [UInt8]? {
        var letters = text.replacing("-", with: "+").replacing("_", with: "/")
        while letters.last == "=" { letters.removeLast() }
        letters += String(repeating: "=", count: (4 - letters.utf8.count % 4) % 4)
        return Data(base64Encoded: letters).map { Array($0) }
    }
}
