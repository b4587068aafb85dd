public import TerminalCore

/// In whose name journals are written.
public struct JournalSigner: Sendable {
    public var terminal: String
    public var platform: PlatformIdentity
    public var key: JournalKey

    public init(terminal: String, platform: PlatformIdentity, key: JournalKey) {
        self.terminal = terminal
        self.platform = platform
        self.key = key
    }

    func header(_ kind: JournalHeader.Kind, at now: Timestamp) -> JournalHeader {
        JournalHeader(kind: kind, terminal: terminal, platform: platform, createdAt: now)
    }
}
