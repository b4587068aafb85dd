import TerminalTesting
import Testing

@testable import TerminalCore

@Suite("Texts in columns")
struct WrappingTests {
    @Test(
        "letters of East Asia and pictures take two columns",
        arguments: [
            ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("午餐", 4), ("A午", 3), ("，", 2),
            ("🍜", 2), ("🚀", 2), ("カレー", 6), ("¥12.50", 6),
        ])
    func width(text: String, columns: Int) { #expect(text.displayWidth == columns) }

    static let texts: [(text: String, lines: [String])] = [
        ("", []), ("   ", []), ("one", ["one"]), ("one two", ["one two"]),
        ("  one   two  ", ["one two"]), ("one two three", ["one two", "three"]),
        ("abcdefghijkl", ["abcdefgh", "ijkl"]), ("to abcdefghijkl", ["to", "abcdefgh", "ijkl"]),
        ("牛肉面加鸡蛋", ["牛肉面加", "鸡蛋"]), ("牛肉面 加蛋", ["牛肉面", "加蛋"]),
        ("set A牛肉面", ["set A牛", "肉面"]), ("a牛肉面b", ["a牛肉面b"]),
    ]

    @Test("a text is broken at spaces, beside wide letters, and in a long word", arguments: texts)
    func wrapped(_ row: (text: String, lines: [String])) {
        #expect(row.text.wrapped(8) == row.lines)
    }

    @Test("no line is too wide and no letter is lost, whatever the text", arguments: 0..<200)
    func bounded(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let letters = Array("ab 牛🍜é-  x\u{301}0，カ")
        let text = String((0..<60).map { _ in letters[Int.random(in: 0..<13, using: &generator)] })
        let lines = text.wrapped(9)
        #expect(lines.allSatisfy { (1...9).contains($0.displayWidth) }, "\(lines)")
        #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
    }

    @Test("nothing in a printable text steers a printer or turns the order of letters")
    func printable() {
        #expect("a\u{1B}@\tb\u{202E}c\n\u{7F}\u{2028}\u{E000}午".printable == "a@bc午")
    }
}
