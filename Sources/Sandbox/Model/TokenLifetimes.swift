/// How long tokens are good for, in seconds.
public struct TokenLifetimes: Hashable, Sendable {
    public var terminalSeconds: Int64
    public var cardSeconds: Int64

    /// 7199 s is what the platform's own sample says (wire/sovell.md).
    public init(terminalSeconds: Int64 = 7_199, cardSeconds: Int64 = 7_199) {
        self.terminalSeconds = terminalSeconds
        self.cardSeconds = cardSeconds
    }
}
