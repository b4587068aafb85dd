import TerminalCore
import Testing

@testable import CardReader

/// Each case is a list of `what pcscd or the read says > what is done`, in words short enough to
/// be reviewed. A state is `A empty 4` or `A card 5`, the number being pcscd's count of events.
@Suite("What pcscd says becomes what happened")
struct StateMachineTests {
    @Test(
        "one presentation is one tap",
        arguments: [
            [
                "up > service:true", "list A > open:A readers:A", "A empty 0 > ",
                "A card 1 > reading:A read:A1", "A1 = 04AA > tapped:A:04AA",
                "A card 1 > ", "A card 1 > ", "A empty 2 > removed:A",
                "A card 3 > reading:A read:A2", "A2 = 04AA > tapped:A:04AA",
            ],
            // A card that lay there when the program started was never paid with: it is a tap.
            [
                "up > service:true", "list A > open:A readers:A",
                "A card 7 > reading:A read:A1", "A1 = 04AA > tapped:A:04AA",
            ],
            // Two readers do not wait for each other.
            [
                "list A B > open:A open:B readers:A,B",
                "A card 1 > reading:A read:A1", "B card 1 > reading:B read:B2",
                "B2 = 04BB > tapped:B:04BB", "B empty 2 > removed:B", "A1 = 04AA > tapped:A:04AA",
            ],
            // A read that fails ends the presentation just so.
            [
                "list A > open:A readers:A", "A card 1 > reading:A read:A1",
                "A1 ! > failed:A", "A card 1 > ", "A empty 2 > removed:A",
            ],
        ])
    func presentations(script: [String]) { play(script) }

    @Test(
        "a card that left and came back between two looks is a new presentation",
        arguments: [
            [
                "list A > open:A readers:A", "A card 1 > reading:A read:A1",
                "A1 = 04AA > tapped:A:04AA", "A card 3 > removed:A reading:A read:A2",
                "A2 = 04AA > tapped:A:04AA",
            ],
            // The same while the first card is still being read.
            [
                "list A > open:A readers:A", "A card 1 > reading:A read:A1",
                "A card 3 > left:A1", "A1 ! > failed:A removed:A reading:A read:A2",
                "A2 = 04BB > tapped:A:04BB",
            ],
            // The count runs over.
            [
                "list A > open:A readers:A", "A card 65535 > reading:A read:A1",
                "A1 = 04AA > tapped:A:04AA", "A card 1 > removed:A reading:A read:A2",
            ],
            // Came and went unseen: the payer learns that it was too short.
            [
                "list A > open:A readers:A", "A empty 2 > ",
                "A empty 4 > reading:A failed:A removed:A",
            ],
        ])
    func quickChanges(script: [String]) { play(script) }

    @Test(
        "a card torn away while it is read is told after its read",
        arguments: [
            [
                "list A > open:A readers:A", "A card 1 > reading:A read:A1",
                "A empty 2 > left:A1", "A1 ! > failed:A removed:A",
            ],
            // It had been read in time.
            [
                "list A > open:A readers:A", "A card 1 > reading:A read:A1",
                "A empty 2 > left:A1", "A1 = 04AA > tapped:A:04AA removed:A",
            ],
            [
                "list A > open:A readers:A", "A card 1 > reading:A read:A1",
                "A empty 2 > left:A1", "A card 3 > left:A1",
                "A1 ! > failed:A removed:A reading:A read:A2",
            ],
        ])
    func tornCards(script: [String]) { play(script) }

    @Test(
        "readers come and go",
        arguments: [
            ["up > service:true", "list > readers:", "list > ", "list A > open:A readers:A"],
            [
                "list A B > open:A open:B readers:A,B", "list B > close:A readers:B",
                "A card 3 > ", "list B A > open:A readers:B,A",
            ],
            // A reader lost in mid read: the late answer of its thread counts no more.
            [
                "list A > open:A readers:A", "A card 1 > reading:A read:A1",
                "list > close:A failed:A removed:A readers:", "A1 = 04AA > ",
                "list A > open:A readers:A", "A1 = 04AA > ", "A card 1 > reading:A read:A2",
            ],
            // A reader in trouble says nothing about its card.
            [
                "list A > open:A readers:A", "A card 1 > reading:A read:A1",
                "A1 = 04AA > tapped:A:04AA", "A trouble > ", "A card 1 > ", "A trouble > ",
                "A empty 2 > removed:A",
            ],
        ])
    func comingAndGoing(script: [String]) { play(script) }

    @Test(
        "pcscd comes and goes",
        arguments: [
            ["down > service:false readers:", "down > ", "up > service:true", "list > "],
            ["up > service:true", "up > ", "down > service:false readers:"],
            [
                "up > service:true", "list A > open:A readers:A", "A card 1 > reading:A read:A1",
                "down > service:false close:A failed:A removed:A readers:",
            ],
        ])
    func service(script: [String]) { play(script) }

    /// A card that was paid with lies on the reader when pcscd is lost.
    private static let paidThenLost = [
        "up > service:true", "list A > open:A readers:A", "A card 1 > reading:A read:A1",
        "A1 = 04AA > tapped:A:04AA", "down > service:false close:A removed:A readers:",
        "up > service:true", "list A > open:A readers:A",
    ]

    @Test(
        "a card that lies through a restart of pcscd is not tapped again",
        arguments: [
            // Found at the first look.
            ["A card 1 > read:A2", "A2 = 04AA > ", "settled > ", "A empty 2 > removed:A"],
            // Found a moment later, as the reader's field comes up after the reader.
            ["A empty 0 > ", "A card 1 > read:A2", "A2 = 04AA > ", "A empty 2 > removed:A"],
            // It is another card.
            ["A card 1 > read:A2", "A2 = 04BB > reading:A tapped:A:04BB"],
            ["A card 1 > read:A2", "A2 ! > reading:A failed:A"],
            // It was taken, and comes back later: a tap.
            [
                "A empty 0 > ", "settled > ", "A card 1 > reading:A read:A2",
                "A2 = 04AA > tapped:A:04AA",
            ],
            // It is found, taken, and comes back: a tap.
            [
                "A card 1 > read:A2", "A2 = 04AA > ", "A empty 2 > removed:A",
                "A card 3 > reading:A read:A3", "A3 = 04AA > tapped:A:04AA",
            ],
            // pcscd is lost once more before the card was read.
            [
                "A card 1 > read:A2", "down > service:false close:A readers:",
                "up > service:true", "list A > open:A readers:A", "A card 1 > read:A3",
                "A3 = 04AA > ",
            ],
            // Time that passes while the reader is away settles nothing.
            [
                "down > service:false close:A readers:", "settled > ", "up > service:true",
                "list A > open:A readers:A", "A card 1 > read:A2", "A2 = 04AA > ",
            ],
        ])
    func lyingThroughARestart(script: [String]) { play(Self.paidThenLost + script) }

    @Test("a card that gave no number is read anew after a restart of pcscd")
    func failedThroughARestart() {
        play([
            "list A > open:A readers:A", "A card 1 > reading:A read:A1", "A1 ! > failed:A",
            "down > service:false close:A removed:A readers:", "up > service:true",
            "list A > open:A readers:A", "A card 1 > reading:A read:A2",
        ])
    }

    @Test("pcscd's other flags and its count are not taken for a card")
    func words() {
        let word = StateWord(rawValue: 0x0003_0122)
        #expect(word.hasCard && !word.isEmpty && word.isChanged && word.count == 3)
        #expect(word.known == 0x0003_0120)
        #expect(StateWord(rawValue: 0x0000_000E).isGone)
        #expect(!StateWord(rawValue: 0x0000_000E).hasCard)
        #expect(StateWord(rawValue: 0x0002_00A0).isHeld)
    }
}
