/// The number of somebody's phone: it shows itself only when asked for by name.
public struct PhoneNumber: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// How many digits a number has: E.164 allows 15, prefixes of a network come on top.
    static let digitsCount = 5...20

    public let exposed: String

    /// Nil unless `text` is 5 to 20 digits, with or without a leading plus sign.
    public init?(_ text: String) {
        let digits = text.hasPrefix("+") ? text.dropFirst() : text[...]
        guard Self.digitsCount.contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        exposed = text
    }

    /// The number without its plus sign: both spellings ring the same phone.
    var digits: Substring { exposed.drop { $0 == "+" } }

    public var description: String { "<phone>" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
