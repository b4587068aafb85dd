/// Why a tap did not become a card number. No case holds a byte of the card.
public enum CardError: Error, Hashable, Sendable {
    /// The identifier has a length that no ISO 14443-A card has.
    case unexpectedLength(Int)
    /// The card draws a new identifier at each tap, as phones and privacy cards do.
    case randomUID
    /// The reader gave only the head of a longer identifier.
    case truncatedUID
    /// The card answered a command with this status word instead of 9000.
    case status(command: Int, UInt16)
    /// The answer is shorter than the configured slice.
    case answerTooShort(command: Int, length: Int)
    /// The slice of the answer is not what `as` says, for example a letter in a BCD field.
    case undecodable(String)
    /// The text is not a card number.
    case invalidNumber
    /// The format asks for more bytes than the identifier has.
    case tooFewBytes(wanted: Int, present: Int)
    /// The card left the reader before it was read.
    case removed
    /// Another program holds the card.
    case heldByOtherProgram
    /// The reader failed; the text is the PC/SC error with its C name.
    case reader(String)
}

extension CardError: CustomStringConvertible {
    /// What happened, why, and what to do.
    public var description: String {
        switch self {
        case .unexpectedLength(let length):
            "the card's identifier has \(length) bytes — ISO 14443-A cards have 4, 7 or 10 — "
                + "use another card or card_number.source: apdu"
        case .randomUID:
            "the card gives a random identifier — phones and privacy cards change it at each tap — "
                + "use a physical card or card_number.source: apdu"
        case .truncatedUID:
            "the reader gave only part of the card's identifier — its firmware cuts long ones — "
                + "update or replace the reader"
        case .status(let command, let word):
            "the card answered command \(command) with \(Self.hex(word)) instead of 9000 — "
                + "it is of another kind or needs another command — check card_number"
        case .answerTooShort(let command, let length):
            "the answer to command \(command) has only \(length) bytes — "
                + "the configured slice ends after it — check card_number.slice"
        case .undecodable(let what):
            "the card's number cannot be decoded: \(what) — the slice or its type is wrong — "
                + "check card_number.slice"
        case .invalidNumber:
            "the card number is not valid — it has 1 to 64 of A-Z a-z 0-9 . _ : - — "
                + "check the card_number settings"
        case .tooFewBytes(let wanted, let present):
            "the card's identifier has \(present) bytes, the format wants \(wanted) — "
                + "the card is of another kind — check card_number.bytes"
        case .removed:
            "the card left too early — reading takes a moment — hold it still until the sign"
        case .heldByOtherProgram:
            "another program holds the card — only one may — run kiosk-agent doctor"
        case .reader(let text):
            "the reader failed: \(text) — see the reader's cable and lamp — run kiosk-agent doctor"
        }
    }

    private static func hex(_ word: UInt16) -> String {
        let digits = String(word, radix: 16, uppercase: true)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
