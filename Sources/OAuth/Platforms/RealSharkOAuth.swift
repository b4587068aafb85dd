/// The RealShark open platform's OAuth2.
public struct RealSharkOAuth: OAuthPlatform {
    /// How a code is redeemed: the platform's document names both.
    public enum TokenMethod: Hashable, Sendable { case post, get }

    public let redirectURI: String?
    private let base: String
    private let appKey: String
    private let appSecret: Secret
    private let method: TokenMethod
    private let makeState: @Sendable () -> String

    /// `baseURL` has no slash at its end, for example `https://oauth.realshark.com`.
    ///
    /// `makeState` gives the state of a refresh, which no login has given one for.
    public init(
        baseURL: String, appKey: String, appSecret: Secret, redirectURI: String?,
        method: TokenMethod = .post, makeState: @escaping @Sendable () -> String
    ) {
        base = baseURL
        self.appKey = appKey
        self.appSecret = appSecret
        self.redirectURI = redirectURI
        self.method = method
        self.makeState = makeState
    }

    public var names: PlatformNames {
        PlatformNames(
            platform: "RealShark", address: "other_platforms.realshark.base_url",
            client: "other_platforms.realshark.app_key and the credential realshark_app_secret")
    }

    public var identity: String { "realshark \(base) \(appKey)" }

    public func request(for grant: Grant) throws(TokenError) -> WireRequest {
        switch grant {
        case .code(let code, let state):
            // A code is good for one try, and the platform wants the state of its login.
            guard let state else { throw .missing("the option --state") }
            let form = Form([
                ("code", code.exposed), ("grant_type", "authorization_code"),
                ("app_key", appKey), ("app_secret", appSecret.exposed),
                ("redirect_uri", try returnAddress()), ("state", state),
            ])
            return tokenRequest(form, method)
        case .refresh(let token, _, _):
            let form = Form([
                ("grant_type", "refresh_token"), ("app_key", appKey),
                ("app_secret", appSecret.exposed), ("refresh_token", token.exposed),
                ("state", makeState()),
            ])
            return tokenRequest(form, .post)
        case .terminal, .card, .password: throw .unsupported(grant.way)
        }
    }

    public func token(in response: WireResponse) throws(TokenError) -> Token {
        let answer = try response.success(Answer.self, "a token")
        return try TokenAnswer(
            access: answer.access_token, refresh: answer.refresh_token,
            life: answer.access_expires_in?.value, refreshLife: answer.refresh_expires_in?.value,
            subject: answer.userid?.text, spelling: Self.spelling
        ).token()
    }

    public func authorizeURL(state: String, answer: BrowserAnswer) throws(TokenError) -> String {
        let query = Form([
            ("response_type", answer.rawValue), ("app_key", appKey),
            ("redirect_uri", try returnAddress()), ("state", state),
        ])
        return base + "/authorize?" + query.encoded
    }

    /// That the fragment has the members of the answer besides the token is inferred.
    public func token(inFragment fields: FormFields) throws(TokenError) -> Token {
        try TokenAnswer(
            access: try fields.value("access_token"), refresh: try fields.value("refresh_token"),
            life: try fields.number("access_expires_in"),
            refreshLife: try fields.number("refresh_expires_in"),
            subject: try fields.value("userid"), spelling: Self.spelling
        ).token()
    }

    private func tokenRequest(_ form: Form, _ method: TokenMethod) -> WireRequest {
        let url = base + "/token"
        return switch method {
        case .post: WireRequest(.post, url, headers: Form.headers, body: form.body)
        case .get:
            WireRequest(
                .get, url + "?" + form.encoded, headers: [.acceptJSON])
        }
    }

    private func returnAddress() throws(TokenError) -> String {
        guard let redirectURI else { throw .missing("other_platforms.realshark.redirect_uri") }
        return redirectURI
    }

    private static let spelling = TokenAnswer.Spelling(life: "access_expires_in")

    private struct Answer: Decodable {
        var access_token: String?
        var access_expires_in: LooseNumber?
        var refresh_token: String?
        var refresh_expires_in: LooseNumber?
        var userid: LooseText?
    }
}
