import Testing

@testable import TerminalCore

@Suite("Why a tap is no card number")
struct CardErrorTests {
    private static let all: [CardError] = [
        .unexpectedLength(5), .randomUID, .truncatedUID, .status(command: 2, 0x6A82),
        .answerTooShort(command: 1, length: 3), .undecodable("a letter"), .invalidNumber,
        .tooFewBytes(wanted: 5, present: 4), .removed, .heldByOtherProgram,
        .reader("SCARD_E_NO_SERVICE"),
    ]

    @Test("each error says what, why and what to do", arguments: all)
    func threeParts(error: CardError) {
        #expect("\(error)".split(separator: " — ").count == 3, "\(error)")
    }

    @Test(
        "a status word is written with its four digits",
        arguments: [(UInt16(0x6A82), "6A82"), (0x0001, "0001"), (0x0, "0000"), (0xFFFF, "FFFF")])
    func statusWord(word: UInt16, text: String) {
        #expect(
            CardError.status(command: 3, word).description
                .hasPrefix("the card answered command 3 with \(text) instead of 9000"))
    }
}
