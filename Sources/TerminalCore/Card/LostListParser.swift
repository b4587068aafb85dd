/// Reads a lost list as it arrives: one card number a line.
///
/// Empty lines and lines that begin with `#` are skipped, but for two that may stand before the
/// first card: `# version: …` names the list, `# cards: N` says how many lines with a card follow,
/// so that a list that was cut off is noticed.
public struct LostListParser: Sendable {
    /// The longest line, in bytes.
    public static let lineMax = 1_024
    /// The longest version, in characters.
    public static let versionMax = 64

    public private(set) var version: String?
    /// Lines with a card so far.
    public private(set) var cardCount = 0
    private let cardMax: Int
    private var announced: Int?
    private var rest: [UInt8] = []
    private var lineNumber = 0

    /// A list of at most `cardMax` cards.
    public init(cardMax: Int) { self.cardMax = cardMax }

    /// Takes the next bytes; returns the cards of the lines that end in them.
    public mutating func take(
        _ bytes: some Sequence<UInt8>
    ) throws(LostListError) -> [CardNumber] {
        var cards: [CardNumber] = []
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                if let card = try endLine() { cards.append(card) }
            } else {
                guard rest.count < Self.lineMax else { throw .lineTooLong(line: lineNumber + 1) }
                rest.append(byte)
            }
        }
        return cards
    }

    /// The list has ended; returns the card of a last line without an end.
    public mutating func finish() throws(LostListError) -> CardNumber? {
        let last = rest.isEmpty ? nil : try endLine()
        if let announced, announced != cardCount {
            throw .incomplete(announced: announced, found: cardCount)
        }
        return last
    }

    private mutating func endLine() throws(LostListError) -> CardNumber? {
        lineNumber += 1
        defer { rest.removeAll(keepingCapacity: true) }
        let text = Self.trimmed(Self.withoutMark(rest[...], isFirst: lineNumber == 1))
        guard let first = text.first else { return nil }
        if first == UInt8(ascii: "#") {
            try comment(String(decoding: text.dropFirst(), as: UTF8.self))
            return nil
        }
        guard let card = try? CardNumber(String(decoding: text, as: UTF8.self)) else {
            throw .notACard(line: lineNumber)
        }
        guard cardCount < cardMax else { throw .tooManyCards(line: lineNumber, max: cardMax) }
        cardCount += 1
        return card
    }

    private mutating func comment(_ text: String) throws(LostListError) {
        guard cardCount == 0 else { return }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return }
        let value = Self.trimmed(parts[1].utf8)
        switch Self.trimmed(parts[0].utf8) {
        case "version": version = try versionText(value)
        case "cards":
            guard let count = Int(value), count >= 0 else { throw .notACount(line: lineNumber) }
            announced = count
        default: return
        }
    }

    /// It is shown on terminals: no control character may hide in it.
    private func versionText(_ text: String) throws(LostListError) -> String {
        guard (1...Self.versionMax).contains(text.unicodeScalars.count),
            text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
            )
        else { throw .notAVersion(line: lineNumber) }
        return text
    }

    /// Without the byte order mark that some programs put first.
    private static func withoutMark(_ line: ArraySlice<UInt8>, isFirst: Bool) -> ArraySlice<UInt8> {
        isFirst && line.starts(with: [0xEF, 0xBB, 0xBF]) ? line.dropFirst(3) : line
    }

    /// Without blanks, tabs and a carriage return at the ends.
    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let blanks: Set<UInt8> = [0x20, 0x09, 0x0D]
        guard let first = line.firstIndex(where: { !blanks.contains($0) }),
            let last = line.lastIndex(where: { !blanks.contains($0) })
        else { return [] }
        return line[first...last]
    }

    private static func trimmed(_ text: some Collection<UInt8>) -> String {
        String(decoding: trimmed(Array(text)[...]), as: UTF8.self)
    }
}

/// Why a list is not taken. No case holds what stands in the line.
public enum LostListError: Error, Hashable, Sendable {
    case notACard(line: Int)
    case lineTooLong(line: Int)
    case notAVersion(line: Int)
    case notACount(line: Int)
    case tooManyCards(line: Int, max: Int)
    /// The list says in its head how many cards it has.
    case incomplete(announced: Int, found: Int)
}

extension LostListError: CustomStringConvertible {
    /// What happened, why, and what to do.
    public var description: String {
        switch self {
        case .notACard(let line):
            "line \(line) is no card number — one has 1 to 64 of A-Z a-z 0-9 . _ : - — "
                + "correct it; nothing was imported"
        case .lineTooLong(let line):
            "line \(line) is too long — a line has at most \(LostListParser.lineMax) bytes — "
                + "correct it; nothing was imported"
        case .notAVersion(let line):
            "line \(line) is no version — one has 1 to \(LostListParser.versionMax) letters — "
                + "correct it; nothing was imported"
        case .notACount(let line):
            "line \(line) is no number of cards — it must be an integer — "
                + "correct it; nothing was imported"
        case .tooManyCards(let line, let max):
            "line \(line) is one card too many — a list has at most \(max) — "
                + "shorten it; nothing was imported"
        case .incomplete(let announced, let found):
            "the list is not whole — it announces \(announced) cards and has \(found) — "
                + "fetch it again; nothing was imported"
        }
    }
}
