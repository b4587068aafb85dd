/// How the bytes of a card become the number that the platform knows it by.
///
/// Sites differ: the same card is `04A23B1C` here, `0463608604` there. The order of the steps is:
/// choose the bytes, order them, write them as hex or decimal, pad.
public struct CardNumberFormat: Hashable, Sendable {
    /// The number system.
    public enum Encoding: String, Sendable, CaseIterable { case hex, decimal }
    /// Whether the chosen bytes are used as read or last first.
    public enum ByteOrder: String, Sendable, CaseIterable { case asRead = "as_read", reversed }
    /// The letters of hex digits.
    public enum LetterCase: String, Sendable, CaseIterable { case upper, lower }
    /// Which bytes of the identifier are used, as the reader gives them.
    public enum Bytes: Hashable, Sendable {
        case all
        case first(Int)
        case last(Int)
    }

    public var encoding: Encoding
    public var byteOrder: ByteOrder
    public var letterCase: LetterCase
    /// The number is padded with zeros on the left to this many digits; 0 pads nothing.
    public var width: Int
    public var bytes: Bytes

    /// The most digits that ``width`` may ask for.
    public static let widthMax = 32

    public init(
        encoding: Encoding = .hex, byteOrder: ByteOrder = .asRead, letterCase: LetterCase = .upper,
        width: Int = 0, bytes: Bytes = .all
    ) {
        self.encoding = encoding
        self.byteOrder = byteOrder
        self.letterCase = letterCase
        self.width = width
        self.bytes = bytes
    }

    /// The card number of `uid`; throws when the format wants more bytes than there are.
    public func number(of uid: CardUID) throws(CardError) -> CardNumber {
        var chosen = try choose(from: uid.bytes)
        if byteOrder == .reversed { chosen.reverse() }
        let digits =
            switch encoding {
            case .hex: hex(chosen)
            case .decimal: Self.decimal(chosen)
            }
        let padding = String(repeating: "0", count: max(0, width - digits.utf8.count))
        return try CardNumber(padding + digits)
    }

    private func choose(from all: [UInt8]) throws(CardError) -> [UInt8] {
        switch bytes {
        case .all: return all
        case .first(let count):
            guard count <= all.count else {
                throw .tooFewBytes(wanted: count, present: all.count)
            }
            return Array(all.prefix(count))
        case .last(let count):
            guard count <= all.count else {
                throw .tooFewBytes(wanted: count, present: all.count)
            }
            return Array(all.suffix(count))
        }
    }

    private func hex(_ bytes: [UInt8]) -> String {
        HexText.encode(bytes, uppercase: letterCase == .upper)
    }

    /// Ten bytes need 80 bits, so the sum is 128 bits wide.
    private static func decimal(_ bytes: [UInt8]) -> String {
        String(bytes.reduce(UInt128(0)) { $0 << 8 | UInt128($1) })
    }
}

extension CardNumberFormat.Bytes: CustomStringConvertible {
    /// Reads `all`, `first N` or `last N` with N from 1 to 10; nil for anything else.
    public init?(_ text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        switch (words.first, words.count) {
        case ("all", 1): self = .all
        case ("first", 2), ("last", 2):
            guard let count = Int(words[1]), (1...10).contains(count) else { return nil }
            self = words[0] == "first" ? .first(count) : .last(count)
        default: return nil
        }
    }

    public var description: String {
        switch self {
        case .all: "all"
        case .first(let count): "first \(count)"
        case .last(let count): "last \(count)"
        }
    }
}
