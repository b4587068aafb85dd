/// The query of a call, its values percent-encoded.
struct Query {
    private var items: [String] = []

    /// Adds `name=value`; nil adds nothing.
    mutating func add(_ name: String, _ value: (some CustomStringConvertible)?) {
        guard let value else { return }
        items.append("\(name)=\(PercentEncoding.encode(value.description))")
    }

    /// With its question mark; empty without items.
    var text: String { items.isEmpty ? "" : "?" + items.joined(separator: "&") }
}

/// Texts as a part of a URL.
enum PercentEncoding {
    /// Everything but letters, digits, `-`, `.`, `_` and `~` as `%XX`.
    static func encode(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}
