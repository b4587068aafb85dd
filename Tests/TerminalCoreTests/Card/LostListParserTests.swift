import Testing

@testable import TerminalCore

@Suite("Reading a lost list")
struct LostListParserTests {
    /// Feeds `text` in pieces of `size` bytes.
    private func read(
        _ text: String, piece size: Int = 4_096, cardMax: Int = 10
    ) throws -> (cards: [String], version: String?) {
        var parser = LostListParser(cardMax: cardMax)
        var cards: [CardNumber] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            cards += try parser.take(rest.prefix(size))
            rest = rest.dropFirst(size)
        }
        if let last = try parser.finish() { cards.append(last) }
        #expect(cards.count == parser.cardCount)
        return (cards.map(\.exposed), parser.version)
    }

    static let lists: [(String, [String], String?)] = [
        ("", [], nil), ("A1", ["A1"], nil), ("A1\nA2\n", ["A1", "A2"], nil),
        ("\u{FEFF}# version: 2026-11\r\n\r\n A1\t\r\n# A9\r\nA2\r\n", ["A1", "A2"], "2026-11"),
        ("#version:a b: c \n# cards : 2\nA1\nA1", ["A1", "A1"], "a b: c"),
        ("# about: nothing\n# no colon\nA1\n# version: late\n# cards: 7", ["A1"], nil),
        ("# version: 周一\n# version: 周二\n", [], "周二"),
    ]

    @Test("a list is read the same, however it arrives", arguments: lists)
    func reads(text: String, cards: [String], version: String?) throws {
        for size in [1, 2, 3, 7, 4_096] {
            let found = try read(text, piece: size)
            #expect(found.cards == cards)
            #expect(found.version == version)
        }
    }

    static let mistakes: [(String, LostListError)] = [
        ("A1\n\nb@d\n", .notACard(line: 3)), ("A1\nA 2", .notACard(line: 2)),
        ("\"A1\"", .notACard(line: 1)), ("{\"cards\":[]}", .notACard(line: 1)),
        (String(repeating: "7", count: 65), .notACard(line: 1)),
        ("A1\n" + String(repeating: "7", count: 1_025), .lineTooLong(line: 2)),
        ("# version: ", .notAVersion(line: 1)), ("#\n# version: a\u{1B}[2J", .notAVersion(line: 2)),
        ("# version: " + String(repeating: "v", count: 65), .notAVersion(line: 1)),
        ("# cards: many", .notACount(line: 1)), ("# cards: -1", .notACount(line: 1)),
        ("# cards: 3\nA1\nA2", .incomplete(announced: 3, found: 2)),
        ("# cards: 1\nA1\nA2", .incomplete(announced: 1, found: 2)),
        ("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11", .tooManyCards(line: 11, max: 10)),
    ]

    @Test("a mistake is named by its line, without what stands there", arguments: mistakes)
    func refuses(text: String, error: LostListError) {
        #expect(throws: error) { try read(text) }
        #expect(throws: error) { try read(text, piece: 1) }
        for line in text.split(separator: "\n") where line.utf8.count > 2 && !line.contains("#") {
            #expect(!error.description.contains(line))
        }
    }
}
