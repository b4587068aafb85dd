import TerminalTesting

/// Damages valid texts: the same damage for the same number.
struct Mutator {
    /// The longest input, in bytes.
    static let bytesMax = 8_192
    /// The longest piece that is removed, repeated or overwritten, in bytes.
    private static let pieceMax = 32

    private var random: SeededGenerator

    init(number: UInt64) { random = SeededGenerator(seed: number) }

    /// One of `samples` after one to six mishaps.
    mutating func damaged(_ samples: [[UInt8]]) -> [UInt8] {
        var bytes = one(of: samples)
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            switch Int.random(in: 0..<7, using: &random) {
            case 0: flip(&bytes)
            case 1: bytes.removeLast(Int.random(in: 0...bytes.count, using: &random))
            case 2: bytes.removeSubrange(piece(of: bytes))
            case 3: multiply(&bytes)
            case 4: splice(&bytes, with: one(of: samples))
            case 5: bytes.insert(contentsOf: one(of: Self.words), at: piece(of: bytes).lowerBound)
            default: bytes.replaceSubrange(piece(of: bytes), with: one(of: Self.words))
            }
        }
        return Array(bytes.prefix(Self.bytesMax))
    }

    private mutating func one(of choices: [[UInt8]]) -> [UInt8] {
        choices[Int.random(in: choices.indices, using: &random)]
    }

    private mutating func piece(of bytes: [UInt8]) -> Range<Int> {
        let start = Int.random(in: 0...bytes.count, using: &random)
        let length = Int.random(
            in: 0...min(Self.pieceMax, bytes.count - start), using: &random)
        return start..<(start + length)
    }

    private mutating func flip(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        let place = Int.random(in: bytes.indices, using: &random)
        bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    }

    private mutating func multiply(_ bytes: inout [UInt8]) {
        let range = piece(of: bytes)
        let piece = Array(bytes[range])
        for _ in 0..<Int.random(in: 1...16, using: &random) {
            bytes.insert(contentsOf: piece, at: range.lowerBound)
        }
    }

    private mutating func splice(_ bytes: inout [UInt8], with other: [UInt8]) {
        let head = Int.random(in: 0...bytes.count, using: &random)
        let tail = Int.random(in: 0...other.count, using: &random)
        bytes = Array(bytes.prefix(head)) + Array(other.suffix(tail))
    }

    /// What tends to be read wrongly: ends, escapes, extremes, other kinds of values.
    private static let words = texts.map { Array($0.utf8) } + oddities
    private static let oddities: [[UInt8]] = [
        [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x90, 0x00], [0x61, 0xFF], [0x6C, 0x00],
        [0x08, 0x88], [UInt8](repeating: 0x5B, count: 600), [UInt8](repeating: 0x31, count: 600),
    ]
    private static let texts: [String] = [
        "", "\"", "\\", "{", "}", "[", "]", "{\"", "\":", ":", ",", ", ", ": ", "&", "=", "%",
        "%00", "%ff", "%E5%8D%88", "+", "-", "#", "?", "/", "://", "\\u0000", "\\ud800",
        "null", "true", "{}", "[]", "0", "-1", "1.5", "1e999", "9223372036854775807",
        "9223372036854775808", "-9223372036854775808", "\0", "\n", "\r\n", "\t", " ", "é",
        "午餐", "\u{FEFF}", "\u{202E}", "😀", "- ", "*a ", "&a ", "!!binary ", "<<: *a", "---\n",
        "...\n", "|\n", "# cards: 3\n", "# version: x\n", "access_token", "state=s1", "code=c",
        "error", "invalid_grant", "normal", "closed",
    ]
}
