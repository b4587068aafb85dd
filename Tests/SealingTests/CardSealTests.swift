import Sealing
import TerminalCore
import Testing

@Suite("Card numbers that only the data key opens")
struct CardSealTests {
    static let seal = CardSeal(dataKey: "0123456789abcdef")
    static let longest = String(repeating: "a", count: CardNumber.lengthMax)

    /// Made by another program (Python's cryptography 48) by the words of decision 5.
    static let vectors = [
        ("CARD0001", "$1$ZdlnniVFKA/s+IkwS3m5V7HLgh1NCV5e/Vos9yM2BEgNN1dY"),
        ("1", "$1$AgPs3xaNneo/vgbZkM957G4mvdDJEPBjcPf1Jwo="),
        (
            longest,
            "$1$0xmHnRfai2I5A/COf2KNXuc5Dmf3Pb/0ymiypwwcMKf2GB5BFSJilrrGWRix04FdRxM9jfRWf2Sbwf"
                + "Jp6aS11ZuzYvRSUDG36tfQkPkMXNGbUyYHkzFanGzms90="
        ),
    ]

    @Test("the text is the one that was agreed, and opens again", arguments: vectors)
    func vector(number: String, text: String) throws {
        let card = try CardNumber(number)
        #expect(Self.seal.text(of: card) == text)
        #expect(try Self.seal.number(of: text) == card)
        #expect(CardSeal.isSealed(text))
        #expect(!CardSeal.isSealed(number))
        #expect(text.utf8.count <= CardSeal.textMax)
    }

    @Test("the fingerprint is the one that was agreed, and says nothing of the key")
    func fingerprint() {
        #expect(Self.seal.fingerprint == "c6350199df8aecf7")
        #expect("\(Self.seal)" == "****")
        #expect(CardSeal(dataKey: "0123456789abcdeg").fingerprint != Self.seal.fingerprint)
    }

    @Test("texts of one card match under one key, and under that key alone")
    func matching() throws {
        let (card, other) = (try CardNumber("CARD0001"), try CardNumber("CARD0002"))
        let twin = CardSeal(dataKey: "0123456789abcdef")
        let stranger = CardSeal(dataKey: "another data key")
        #expect(Self.seal.text(of: card) == twin.text(of: card))
        #expect(Self.seal.text(of: card) != Self.seal.text(of: other))
        #expect(Self.seal.text(of: card) != stranger.text(of: card))
    }

    @Test("another key opens nothing")
    func wrongKey() throws {
        let text = Self.seal.text(of: try CardNumber("CARD0001"))
        #expect(throws: CardSealError.unreadable) {
            try CardSeal(dataKey: "another data key").number(of: text)
        }
    }

    @Test("no text with one letter changed, added or removed is opened")
    func tampering() throws {
        let text = Array(Self.seal.text(of: try CardNumber("CARD0001")))
        for index in text.indices {
            var (changed, shorter) = (text, text)
            changed[index] = text[index] == "A" ? "B" : "A"
            shorter.remove(at: index)
            for bad in [changed, shorter, text + ["A"]] {
                #expect(throws: CardSealError.unreadable) {
                    try Self.seal.number(of: String(bad))
                }
            }
        }
    }

    @Test("a second text for the same bytes is none: a lookup would not find it")
    func canonical() throws {
        let text = Self.seal.text(of: try CardNumber("1"))
        #expect(text.hasSuffix("Jwo="))
        #expect(throws: CardSealError.unreadable) {
            try Self.seal.number(of: String(text.dropLast(2)) + "p=")
        }
    }

    @Test(
        "what was never sealed is not opened",
        arguments: ["", "$", "$1$", "$1$AAAA", "CARD0001"])
    func plain(text: String) {
        #expect(throws: CardSealError.unreadable) { try Self.seal.number(of: text) }
    }
}
