/// Who gets one-time codes from the platform: the composition root, which alone knows the
/// platform's wire and the client that the payments use.
public protocol CodeDesk: Sendable {
    /// Has the platform send a code to a phone.
    ///
    /// `title` is what the message is about. Without an answer the message may still be on its
    /// way, so it is not asked for twice.
    func sendCode(to phone: PhoneNumber, title: String) async throws(CodeRefusal)

    /// Begins a session under a name that nobody else has, and gets its code.
    ///
    /// It may try more than once, and stops when its task is cancelled.
    func openSession() async throws(CodeRefusal) -> ShownCode

    /// What became of the session with this name.
    func state(of session: String) async throws(CodeRefusal) -> ShownCode.State
}

/// A code that is shown as a QR code, until somebody has used it.
public struct ShownCode: Hashable, Sendable {
    /// Names its session, at the platform and in our calls.
    public var session: String
    /// What the QR code holds: good once, for whoever scans it.
    public var code: String

    public init(session: String, code: String) {
        self.session = session
        self.code = code
    }

    /// What became of it.
    public enum State: String, Hashable, Sendable {
        case unused, used
        /// The platform does not know it any more.
        case expired
    }
}

/// Why there is no code, or no word about one.
public struct CodeRefusal: Error, Hashable, Sendable {
    /// Whose turn it is.
    public enum Kind: Hashable, Sendable {
        /// The platform gave no answer that counts, or does not serve this terminal.
        case offline
        /// The platform has no such codes.
        case notOffered
        /// Not now: the platform is overloaded.
        case busy
        /// The platform says no to what was asked for.
        case refused
    }

    public var kind: Kind
    /// What happened, why, and what to do; never the phone and never a code.
    public var text: String
    /// How long to wait before the next try; nil when the platform does not say.
    public var after: Duration?

    public init(_ kind: Kind, _ text: String, after: Duration? = nil) {
        self.kind = kind
        self.text = text
        self.after = after
    }
}
