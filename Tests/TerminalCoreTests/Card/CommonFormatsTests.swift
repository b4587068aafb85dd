import TerminalCore
import Testing

@Suite("The formats of a printed number")
struct CommonFormatsTests {
    @Test(
        "what is printed names its format, and nothing else",
        arguments: [
            ("04A23B1C", ["hex, upper, as read, all bytes"]),
            ("04a23b1c", ["hex, lower, as read, all bytes"]),
            ("1C3BA204", ["hex, upper, reversed, all bytes"]),
            ("04A2 3B1C", ["hex, upper, as read, all bytes"]),
            (
                "0077740828",
                [
                    "decimal, as read, first 4 bytes, width 10",
                    "decimal, as read, last 4 bytes, width 10",
                ]
            ),
            ("12345678", []), ("", []),
        ])
    func candidates(printed: String, summaries: [String]) throws {
        let uid = try CardUID([0x04, 0xA2, 0x3B, 0x1C])
        let found = CardNumberFormat.candidates(for: uid, printed: printed)
        #expect(found.map(\.summary) == summaries)
    }
}
