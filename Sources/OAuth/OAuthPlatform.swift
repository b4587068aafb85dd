/// One platform's way of giving tokens: what differs between platforms, as pure functions.
public protocol OAuthPlatform: Sendable {
    /// The request that asks for a token.
    func request(for grant: Grant) -> WireRequest
    /// The token in an answer, or why there is none.
    func token(in response: WireResponse) throws(TokenError) -> Token
}
