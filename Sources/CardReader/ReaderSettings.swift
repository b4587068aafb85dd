public import TerminalCore

/// Which readers are watched, and what is read from a card.
public struct ReaderSettings: Hashable, Sendable {
    /// A glob over reader names: `*` stands for any text, `?` for one character.
    public var namePattern: String
    /// Where a card's number comes from.
    public var reading: CardReading

    public init(namePattern: String = "*", reading: CardReading = .uid(CardNumberFormat())) {
        self.namePattern = namePattern
        self.reading = reading
    }
}
