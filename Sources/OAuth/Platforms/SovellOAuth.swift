internal import FoundationEssentials

/// The Sovell pass platform's OAuth2, `/oauth/v2`.
public struct SovellOAuth: OAuthPlatform {
    /// Where the client's own credentials travel.
    public enum ClientAuthentication: Hashable, Sendable { case body, basic }

    public static let names = PlatformNames(
        platform: "Sovell", address: "platform.base_url",
        client: "platform.client_id and the credential client_secret")

    public let redirectURI: String?
    private let base: String
    private let clientID: String
    private let clientSecret: Secret
    private let authentication: ClientAuthentication

    /// `baseURL` has no slash at its end, for example `https://pass.sovell.com`.
    public init(
        baseURL: String, clientID: String, clientSecret: Secret,
        authentication: ClientAuthentication = .body, redirectURI: String? = nil
    ) {
        base = baseURL + "/oauth/v2"
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.authentication = authentication
        self.redirectURI = redirectURI
    }

    public var names: PlatformNames { Self.names }

    public var identity: String { "sovell \(base) \(clientID)" }

    public func request(for grant: Grant) throws(TokenError) -> WireRequest {
        form("/token", try fields(of: grant))
    }

    public func token(in response: WireResponse) throws(TokenError) -> Token {
        let answer = try response.success(Answer.self, "a token")
        return try TokenAnswer(
            access: answer.access_token, refresh: answer.refresh_token, life: answer.expires_in,
            scope: answer.scope, subject: answer.sub, roles: answer.roles, card: answer.card,
            cardState: answer.st
        ).token()
    }

    /// RFC 6749, 4.1.1; the documents only say that the page exists.
    public func authorizeURL(state: String, answer: BrowserAnswer) throws(TokenError) -> String {
        guard answer == .code else { throw .unsupported("a token in the callback") }
        var query = Form([("response_type", "code"), ("client_id", clientID), ("state", state)])
        if let redirectURI { query.add("redirect_uri", redirectURI) }
        return base + "/authorize?" + query.encoded
    }

    public func smsRequest(phone: Secret, title: String) throws(TokenError) -> WireRequest {
        let query = Form([("phone", phone.exposed), ("title", title)])
        return WireRequest(.get, base + "/code?" + query.encoded)
    }

    public func sessionRequest(_ name: String) throws(TokenError) -> WireRequest {
        WireRequest(.get, base + "/session/" + Form.encode(name) + "/code")
    }

    public func sessionStateRequest(_ name: String) throws(TokenError) -> WireRequest {
        WireRequest(.get, base + "/session/" + Form.encode(name) + "/state")
    }

    /// The parameter's name is inferred, and so is that the client must say who it is. In the body
    /// of a POST, because a token does not belong into an address.
    public func inspectRequest(_ token: Secret) throws(TokenError) -> WireRequest {
        form("/check_token", [("token", token.exposed)])
    }

    public func userRequest() throws(TokenError) -> WireRequest {
        WireRequest(.get, base + "/userinfo")
    }

    /// A POST with the client's own credentials.
    private func form(_ path: String, _ fields: [(String, String)]) -> WireRequest {
        var form = Form(fields)
        var headers = Form.headers
        switch authentication {
        case .body:
            form.add("client_id", clientID)
            form.add("client_secret", clientSecret.exposed)
        case .basic: headers.append(WireRequest.Header("Authorization", basic))
        }
        return WireRequest(.post, base + path, headers: headers, body: form.body)
    }

    /// That a code is redeemed by `authorization_code` is inferred for the phone's and the QR one.
    private func fields(of grant: Grant) throws(TokenError) -> [(String, String)] {
        switch grant {
        case .terminal: [("grant_type", "client_credentials")]
        case .card(let number):
            [("grant_type", "offline_cert"), ("code", "card/" + number.exposed)]
        case .code(let code, _):
            [("grant_type", "authorization_code"), ("code", code.exposed)]
                + (redirectURI.map { [("redirect_uri", $0)] } ?? [])
        case .refresh(let token, _, _):
            [("grant_type", "refresh_token"), ("refresh_token", token.exposed)]
        case .password: throw .unsupported(grant.way)
        }
    }

    /// RFC 6749, 2.3.1: both parts are form-encoded before they are joined.
    private var basic: String {
        let pair = Form.encode(clientID) + ":" + Form.encode(clientSecret.exposed)
        return "Basic " + Data(pair.utf8).base64EncodedString()
    }

    /// The platform's spelling; unknown members are ignored.
    private struct Answer: Decodable {
        var access_token: String?
        var refresh_token: String?
        var expires_in: Int64?
        var scope: String?
        var sub: String?
        var roles: String?
        var card: String?
        var st: String?
    }
}
