public import Sealing
public import TerminalCore

/// Whose journal it is: its first line.
public struct JournalHeader: Hashable, Sendable {
    /// What kind of journal.
    public enum Kind: String, Sendable {
        /// Made at once by a running terminal, and complete: it ends with a line that says so.
        case export
        /// The same of a terminal that did not run, from its ledger's file.
        case closing
        /// Written along with the payments: it may end anywhere, even within a line.
        case mirror
    }

    public var kind: Kind
    public var terminal: String
    /// The platform that the terminal was configured for.
    public var platform: PlatformIdentity
    public var createdAt: Timestamp
    /// The key that its cards are sealed with; nil when they stand as they are.
    public var cardKey: CardKeyNote?

    public init(
        kind: Kind, terminal: String, platform: PlatformIdentity, createdAt: Timestamp,
        cardKey: CardKeyNote? = nil
    ) {
        self.kind = kind
        self.terminal = terminal
        self.platform = platform
        self.createdAt = createdAt
        self.cardKey = cardKey
    }
}

/// One line of a journal.
public enum JournalLine: Hashable, Sendable {
    case header(JournalHeader)
    /// A payment as it was committed; `change` is its newest line of history, nil for a mark. A
    /// card stands in the payment, or as the text that it is sealed as.
    case payment(Payment, sealedCard: String?, change: Int64?)
    /// The end of an export, with the number of its payments.
    case end(count: Int)
}
