/// The number that names a card at the platform. A secret: its description is masked.
public struct CardNumber: Hashable, Sendable {
    /// The whole number, for the wire, the ledger and the operator only.
    public let exposed: String

    /// The longest number that is taken, in characters.
    public static let lengthMax = 64

    /// Takes 1 to 64 of `A-Z a-z 0-9 . _ : -`; throws ``CardError/invalidNumber`` for anything
    /// else.
    public init(_ text: String) throws(CardError) {
        let bytes = text.utf8
        guard (1...Self.lengthMax).contains(bytes.count), bytes.allSatisfy(Self.isAllowed) else {
            throw .invalidNumber
        }
        exposed = text
    }

    /// `****` and the last characters: at most 4, and never more than half of the number.
    public var masked: String {
        "****" + exposed.suffix(min(4, exposed.utf8.count / 2))
    }

    /// Whether the number ends with `end`, whatever the case of its letters. The whole number is no
    /// end of it.
    public func ends(with end: String) -> Bool {
        end.utf8.count < exposed.utf8.count && exposed.lowercased().hasSuffix(end.lowercased())
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: ":"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

extension CardNumber: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String { masked }
    public var debugDescription: String { masked }
}

extension CardNumber: CustomReflectable {
    /// Hides the number from `dump` and from debuggers' automatic printing.
    public var customMirror: Mirror { Mirror(self, children: ["masked": masked]) }
}
