public import TerminalAgent

/// Who can deliver what another terminal left behind: the composition root, which alone knows the
/// platform's wire and the configuration.
public protocol Replayer: Sendable {
    /// Reads and checks the journal or the mirror at `path`, which need not stay there afterwards.
    ///
    /// `secret` is the `client_secret` of the terminal that wrote it; nil takes this one's own.
    func read(
        _ path: String, secret: String?
    ) async throws(ReplayRefusal) -> any Replay
}

/// Why a journal is not replayed.
public struct ReplayRefusal: Error, Hashable, Sendable {
    /// Whose turn it is.
    public enum Kind: Hashable, Sendable {
        /// The journal, its key or its platform is the wrong one.
        case invalid
        /// The journal's terminal is alive, or somebody replays it already.
        case busy
        /// Nothing can be read or written here.
        case unavailable
    }

    public var kind: Kind
    /// What happened, why, and what to do.
    public var text: String

    public init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}
