/// A text message that the platform would have sent.
public struct SandboxMessage: Hashable, Sendable, Encodable {
    public let phone: String
    public let title: String
    /// Six digits, good for one token; a later message to the same phone makes it worthless.
    public let code: String
    /// Unix milliseconds.
    public let at: Int64
}
