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

    public init(
        kind: Kind, terminal: String, platform: PlatformIdentity, createdAt: Timestamp
    ) {
        self.kind = kind
        self.terminal = terminal
        self.platform = platform
        self.createdAt = createdAt
    }
}

/// One line of a journal.
public enum JournalLine: Hashable, Sendable {
    case header(JournalHeader)
    /// A payment as it was committed; `change` is its newest line of history, nil for a mark.
    case payment(Payment, change: Int64?)
    /// The end of an export, with the number of its payments.
    case end(count: Int)
}
