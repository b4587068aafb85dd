/// Gets tokens from one platform.
///
/// The terminal's token is kept and renewed early; a card's never is, because only a fresh
/// exchange tells whether the card was reported lost meanwhile.
public actor TokenClient {
    let platform: any OAuthPlatform
    private let wire: any Wire
    private let timeout: Duration
    let uptime: @Sendable () -> Duration
    private var kept: Kept?

    /// A terminal token is renewed this long before its end, as the platform's own client does.
    public static let renewEarly = Duration.seconds(60)

    private struct Kept {
        var token: Token
        var goodUntil: Duration
    }

    /// `timeout` bounds one exchange, `uptime` is a clock that never jumps.
    public init(
        platform: any OAuthPlatform, wire: any Wire, timeout: Duration,
        uptime: @escaping @Sendable () -> Duration
    ) {
        self.platform = platform
        self.wire = wire
        self.timeout = timeout
        self.uptime = uptime
    }

    /// Asks for a token now.
    public nonisolated func exchange(_ grant: Grant) async throws(TokenError) -> Token {
        try platform.token(in: try await send(try platform.request(for: grant)))
    }

    /// Sends one request as it is.
    nonisolated func send(_ request: WireRequest) async throws(TokenError) -> WireResponse {
        do {
            return try await wire.send(request, timeout: timeout)
        } catch {
            throw .unreachable(error.trouble)
        }
    }

    /// The terminal's own token, exchanged when there is none that lives long enough.
    public func terminalToken() async throws(TokenError) -> Token {
        if let kept, uptime() < kept.goodUntil { return kept.token }
        return try await renewTerminalToken()
    }

    /// Exchanges the terminal's token anew: after a 401, and to see whether the platform is there.
    public func renewTerminalToken() async throws(TokenError) -> Token {
        let asked = uptime()
        let token = try await exchange(.terminal)
        let life = token.expiresIn ?? .seconds(0)
        kept = Kept(
            token: token,
            goodUntil: asked + (life > Self.renewEarly * 2 ? life - Self.renewEarly : life / 2))
        return token
    }
}
