import Testing

@testable import CardReader

@Suite("Reader names are chosen by a glob")
struct ReaderPatternTests {
    static let acr = "ACS ACR122U PICC Interface 00 00"

    @Test(
        "a pattern takes the names it should",
        arguments: [
            ("*", acr, true), ("*", "", true), ("", "", true), ("", acr, false),
            (acr, acr, true), ("ACS*", acr, true), ("*PICC*", acr, true), ("*SAM*", acr, false),
            ("*00 0?", acr, true), ("*00 0?", "ACS ACR122U PICC Interface 00 ", false),
            ("acs*", acr, false), ("ACS", acr, false), ("?CS*", acr, true), ("**", acr, true),
            ("*a*b", "aab", true), ("*ab", "aaab", true), ("*ab*", "aaa", false),
            ("读卡器 ?", "读卡器 1", true), ("???", "读卡器", true), ("*?", "", false),
        ])
    func matching(pattern: String, name: String, matches: Bool) {
        #expect(ReaderPattern(pattern).matches(name) == matches)
    }

    @Test(
        "the proposed pattern means the reader at any USB port, and no other kind",
        arguments: [
            (acr, "ACS ACR122U PICC Interface*"), ("Virtual PCD 00 01", "Virtual PCD*"),
            ("读卡器 1", "读卡器 1"), ("Reader 100 00", "Reader 100 00"), ("00 00", "00 00"),
        ])
    func proposed(name: String, pattern: String) {
        let state = ReaderState(name: name, hasCard: false)
        #expect(state.proposedPattern == pattern)
        #expect(state.matches(namePattern: pattern))
    }

    @Test("a pattern of many stars ends soon", .timeLimit(.minutes(1)))
    func manyStars() {
        let pattern = ReaderPattern(String(repeating: "*a", count: 40) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 128)))
    }
}
