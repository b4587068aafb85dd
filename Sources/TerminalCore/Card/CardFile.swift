/// Reads a card's number from a file on the card: commands to send, then a slice of one answer.
///
/// For cards whose printed number is not their identifier, for example
/// select an application, read a binary file, take bytes 4 to 12 as BCD.
public struct CardFile: Hashable, Sendable {
    /// How the bytes of the slice are written.
    public enum Kind: String, Sendable, CaseIterable { case bcd, ascii, hex, decimal }

    /// Which bytes of which answer.
    public struct Slice: Hashable, Sendable {
        /// The answer, counted from 1 as in the list of commands.
        public var response: Int
        /// The first byte, counted from 0.
        public var offset: Int
        /// How many bytes.
        public var length: Int
        public var kind: Kind

        public init(response: Int, offset: Int, length: Int, kind: Kind) {
            self.response = response
            self.offset = offset
            self.length = length
            self.kind = kind
        }
    }

    /// The command APDUs, sent in order; each must be answered with 9000.
    public let commands: [[UInt8]]
    public let slice: Slice

    /// The most commands that may be configured.
    public static let commandsMax = 16

    public init(commands: [[UInt8]], slice: Slice) {
        precondition(commands.indices.contains(slice.response - 1))
        self.commands = commands
        self.slice = slice
    }

    /// The number in `answers`, the data of each answer without its status word.
    public func number(in answers: [[UInt8]]) throws(CardError) -> CardNumber {
        let answer = answers[slice.response - 1]
        guard slice.offset + slice.length <= answer.count else {
            throw .answerTooShort(command: slice.response, length: answer.count)
        }
        let bytes = answer[slice.offset..<slice.offset + slice.length]
        return try CardNumber(text(of: bytes))
    }

    private func text(of bytes: ArraySlice<UInt8>) throws(CardError) -> String {
        switch slice.kind {
        case .hex: return HexText.encode(bytes)
        case .bcd: return try Self.bcd(bytes)
        case .ascii: return try Self.ascii(bytes)
        case .decimal:
            guard bytes.count <= 16 else { throw .undecodable("more than 16 bytes as decimal") }
            return String(bytes.reduce(UInt128(0)) { $0 << 8 | UInt128($1) })
        }
    }

    /// Digits, with any filling of F at the end left out (ISO/IEC 7812 numbers are padded so).
    private static func bcd(_ bytes: ArraySlice<UInt8>) throws(CardError) -> String {
        let digits = HexText.encode(bytes)
        let end = digits.lastIndex { $0 != "F" }.map(digits.index(after:)) ?? digits.startIndex
        let number = digits[..<end]
        guard number.utf8.allSatisfy({ $0 <= UInt8(ascii: "9") }) else {
            throw .undecodable("a BCD field holds a letter")
        }
        return String(number)
    }

    /// The text up to its filling of zero bytes or spaces.
    private static func ascii(_ bytes: ArraySlice<UInt8>) throws(CardError) -> String {
        let end = bytes.lastIndex { $0 != 0 && $0 != UInt8(ascii: " ") }.map { $0 + 1 }
        let text = bytes[..<(end ?? bytes.startIndex)]
        guard text.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .undecodable("an ASCII field holds other bytes than letters and digits")
        }
        return String(decoding: text, as: UTF8.self)
    }
}
