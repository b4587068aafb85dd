/// Where the number of a card comes from, and how it is written.
public enum CardReading: Hashable, Sendable {
    /// The identifier that the reader tells, in this format.
    case uid(CardNumberFormat)
    /// A file on the card.
    case file(CardFile)
}
