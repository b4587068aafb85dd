/// How long tokens and codes are good for, in seconds.
public struct TokenLifetimes: Hashable, Sendable {
    public var terminalSeconds: Int64
    /// Of a card's token and of a person's, on every platform.
    public var cardSeconds: Int64
    /// Of refresh tokens, on every platform.
    public var refreshSeconds: Int64
    /// Of one-time codes and QR sessions; RealShark's codes have their own.
    public var codeSeconds: Int64

    /// 7199 s is what the platform's own sample says (wire/sovell.md); 30 days and 5 minutes are
    /// assumed.
    public init(
        terminalSeconds: Int64 = 7_199, cardSeconds: Int64 = 7_199,
        refreshSeconds: Int64 = 2_592_000, codeSeconds: Int64 = 300
    ) {
        self.terminalSeconds = terminalSeconds
        self.cardSeconds = cardSeconds
        self.refreshSeconds = refreshSeconds
        self.codeSeconds = codeSeconds
    }
}
