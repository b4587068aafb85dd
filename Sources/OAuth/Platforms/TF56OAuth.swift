/// The tf56 open platform's OAuth2: an empty POST with everything in the query.
public struct TF56OAuth: OAuthPlatform {
    public let redirectURI: String?
    private let base: String
    private let clientID: String
    private let clientSecret: Secret

    /// `baseURL` has no slash at its end, for example `https://open.tf56.com/openGateway`.
    public init(baseURL: String, clientID: String, clientSecret: Secret, redirectURI: String?) {
        base = baseURL + "/oauth"
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.redirectURI = redirectURI
    }

    public var names: PlatformNames {
        PlatformNames(
            platform: "tf56", address: "other_platforms.tf56.base_url",
            client: "other_platforms.tf56.client_id and the credential tf56_client_secret")
    }

    public var identity: String { "tf56 \(base) \(clientID)" }

    public func request(for grant: Grant) throws(TokenError) -> WireRequest {
        var query = Form(try fields(of: grant))
        query.add("client_id", clientID)
        query.add("client_secret", clientSecret.exposed)
        return WireRequest(
            .post, base + "/token?" + query.encoded, headers: [.acceptJSON])
    }

    public func token(in response: WireResponse) throws(TokenError) -> Token {
        let answer = try response.success(Answer.self, "a token")
        return try TokenAnswer(
            access: answer.access_token ?? answer.accesstoken,
            refresh: answer.refresh_token ?? answer.refreshtoken,
            life: (answer.expires_in ?? answer.expiresin)?.value, scope: answer.scope
        ).token()
    }

    public func authorizeURL(state: String, answer: BrowserAnswer) throws(TokenError) -> String {
        guard answer == .code else { throw .unsupported("a token in the callback") }
        let query = Form([
            ("response_type", "code"), ("client_id", clientID),
            ("redirect_uri", try returnAddress()), ("state", state),
        ])
        return base + "/?" + query.encoded
    }

    /// Its calls take the token in the query.
    public func authorised(_ request: WireRequest, by token: Secret) -> WireRequest {
        var request = request
        let query = Form([("access_token", token.exposed)]).encoded
        request.url += (request.url.contains("?") ? "&" : "?") + query
        return request
    }

    /// That a token is refreshed by `refresh_token` is inferred.
    private func fields(of grant: Grant) throws(TokenError) -> [(String, String)] {
        switch grant {
        case .terminal: [("grant_type", "client_credentials")]
        case .code(let code, _):
            [
                ("grant_type", "authorization_code"), ("code", code.exposed),
                ("redirect_uri", try returnAddress()),
            ]
        case .password(let user, let password):
            [("grant_type", "password"), ("username", user), ("password", password.exposed)]
        case .refresh(let token, _, _):
            [("grant_type", "refresh_token"), ("refresh_token", token.exposed)]
        case .card: throw .unsupported(grant.way)
        }
    }

    private func returnAddress() throws(TokenError) -> String {
        guard let redirectURI else { throw .missing("other_platforms.tf56.redirect_uri") }
        return redirectURI
    }

    /// Both spellings that its clients have seen.
    private struct Answer: Decodable {
        var access_token: String?
        var accesstoken: String?
        var refresh_token: String?
        var refreshtoken: String?
        var expires_in: LooseNumber?
        var expiresin: LooseNumber?
        var scope: String?
    }
}
