/// A line's text and its signature: a JSON object whose last member is `mac`.
///
/// The signature covers the bytes of the object without that member, as they stand, so that no
/// two programs can differ about them.
struct SignedLine: Hashable {
    /// The JSON object without its `mac`.
    var text: [UInt8]
    var mac: [UInt8]

    /// The longest line, in bytes: a title and a reference at their longest, every character
    /// escaped.
    static let bytesMax = 256 * 1024

    private static let mark = Array(#","mac":""#.utf8)
    private static let close = Array(#""}"#.utf8)
    private static let digits = Array("0123456789abcdef".utf8)
    private static let brace = UInt8(ascii: "}")
    private static var tailSize: Int { mark.count + 2 * JournalKey.macSize + close.count }

    init(text: [UInt8], mac: [UInt8]) {
        self.text = text
        self.mac = mac
    }

    /// Takes a line apart, without its line feed; nil for what has not the shape of one.
    init?(_ line: some Collection<UInt8>) {
        let bytes = Array(line)
        guard bytes.count > Self.tailSize, bytes.first == UInt8(ascii: "{") else { return nil }
        let body = bytes.dropLast(Self.tailSize)
        let tail = Array(bytes.suffix(Self.tailSize))
        let hex = tail.dropFirst(Self.mark.count).dropLast(Self.close.count)
        guard tail.starts(with: Self.mark), tail.suffix(Self.close.count) == Self.close[...],
            let mac = Self.bytes(ofHex: hex)
        else { return nil }
        self.init(text: body + [Self.brace], mac: mac)
    }

    /// The whole line with its line feed.
    var bytes: [UInt8] {
        var line = Array(text.dropLast())
        line += Self.mark
        for byte in mac { line += [Self.digits[Int(byte >> 4)], Self.digits[Int(byte & 15)]] }
        return line + Self.close + [UInt8(ascii: "\n")]
    }

    private static func bytes(ofHex hex: ArraySlice<UInt8>) -> [UInt8]? {
        let values = hex.compactMap { digits.firstIndex(of: $0) }
        guard values.count == hex.count else { return nil }
        return stride(from: 0, to: values.count, by: 2).map {
            UInt8(values[$0] << 4 | values[$0 + 1])
        }
    }
}
