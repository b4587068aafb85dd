public import Sealing
public import TerminalCore

/// In whose name journals are written.
public struct JournalSigner: Sendable {
    public var terminal: String
    public var platform: PlatformIdentity
    public var key: JournalKey
    /// Seals the cards; nil leaves them as they are.
    public var seal: CardSeal?
    /// What a journal says of the key of its cards; nil when none is sealed.
    public var cardKey: CardKeyNote?

    public init(
        terminal: String, platform: PlatformIdentity, key: JournalKey, seal: CardSeal? = nil,
        cardKey: CardKeyNote? = nil
    ) {
        self.terminal = terminal
        self.platform = platform
        self.key = key
        self.seal = seal
        self.cardKey = cardKey
    }

    func header(_ kind: JournalHeader.Kind, at now: Timestamp) -> JournalHeader {
        JournalHeader(
            kind: kind, terminal: terminal, platform: platform, createdAt: now, cardKey: cardKey)
    }
}
