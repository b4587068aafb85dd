public import TerminalCore

/// A card that was read.
public struct CardTap: Hashable, Sendable {
    /// The name of the reader.
    public var reader: String
    /// The number that the platform knows the card by.
    public var number: CardNumber
    /// The identifier, when the number was made from it; nil for a number from a file on the card.
    public var uid: CardUID?

    public init(reader: String, number: CardNumber, uid: CardUID? = nil) {
        self.reader = reader
        self.number = number
        self.uid = uid
    }
}

/// What happened at the readers.
///
/// One presentation of a card is `reading`, then `tapped` or `failed`, then `removed` when it
/// leaves. A card that lies through a restart of pcscd or a hiccup of its reader is not tapped
/// again: its `removed` comes when the reader is lost, and once more when it really leaves.
public enum CardEvent: Hashable, Sendable {
    /// Whether pcscd can be reached; at the start and at each change.
    case service(available: Bool)
    /// The readers that are present and match the pattern; at the start and at each change.
    case readers([String])
    /// A card was seen and is being read.
    case reading(reader: String)
    /// A card was read.
    case tapped(CardTap)
    /// A presentation gave no number.
    case failed(CardError, reader: String)
    /// The card left, or its reader was lost.
    case removed(reader: String)
}
