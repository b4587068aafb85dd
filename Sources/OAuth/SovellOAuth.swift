internal import FoundationEssentials

/// The Sovell pass platform's OAuth2, `/oauth/v2`.
public struct SovellOAuth: OAuthPlatform {
    /// Where the client's own credentials travel.
    public enum ClientAuthentication: Hashable, Sendable { case body, basic }

    private let tokenURL: String
    private let clientID: String
    private let clientSecret: Secret
    private let authentication: ClientAuthentication

    /// `baseURL` has no slash at its end, for example `https://pass.sovell.com`.
    public init(
        baseURL: String, clientID: String, clientSecret: Secret,
        authentication: ClientAuthentication = .body
    ) {
        tokenURL = baseURL + "/oauth/v2/token"
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.authentication = authentication
    }

    public func request(for grant: Grant) -> WireRequest {
        var form = Form(fields(of: grant))
        var headers = [
            WireRequest.Header("Content-Type", "application/x-www-form-urlencoded"),
            WireRequest.Header("Accept", "application/json"),
        ]
        switch authentication {
        case .body:
            form.add("client_id", clientID)
            form.add("client_secret", clientSecret.exposed)
        case .basic: headers.append(WireRequest.Header("Authorization", basic))
        }
        return WireRequest(.post, tokenURL, headers: headers, body: Array(form.encoded.utf8))
    }

    public func token(in response: WireResponse) throws(TokenError) -> Token {
        guard response.status == 200 else { throw Self.error(in: response) }
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(response.body)) else {
            throw .malformed("it is not the JSON of a token")
        }
        guard let access = answer.access_token, !access.isEmpty else {
            throw .malformed("it has no access_token")
        }
        if let seconds = answer.expires_in, seconds <= 0 {
            throw .malformed("its expires_in is in the past")
        }
        return Token(
            access: Secret(access), refresh: answer.refresh_token.map(Secret.init),
            expiresIn: answer.expires_in.map { .seconds($0) }, scope: Self.words(answer.scope),
            subject: answer.sub, roles: Self.words(answer.roles),
            card: answer.card.map(Secret.init), cardState: answer.st)
    }

    private func fields(of grant: Grant) -> [(String, String)] {
        switch grant {
        case .terminal: [("grant_type", "client_credentials")]
        case .card(let number):
            [("grant_type", "offline_cert"), ("code", "card/" + number.exposed)]
        }
    }

    /// RFC 6749, 2.3.1: both parts are form-encoded before they are joined.
    private var basic: String {
        let pair = Form.encode(clientID) + ":" + Form.encode(clientSecret.exposed)
        return "Basic " + Data(pair.utf8).base64EncodedString()
    }

    /// `invalid_grant` and `invalid_client` are inferred from the platform's look of Spring
    /// Security OAuth2; a 4xx whose body is not such JSON proves nothing (a captive portal answers
    /// so too).
    private static func error(in response: WireResponse) -> TokenError {
        let failure = try? JSONDecoder().decode(Failure.self, from: Data(response.body))
        switch (response.status, failure?.error) {
        case (400..<500, "invalid_grant"): return .invalidGrant
        case (400..<500, "invalid_client"), (400..<500, "unauthorized_client"):
            return .invalidClient
        case (408, _), (425, _), (429, _):
            return .later(status: response.status, after: response.retryAfter)
        case (400..<500, let code?): return .refused(String(code.prefix(64)))
        default: return .later(status: response.status, after: response.retryAfter)
        }
    }

    private static func words(_ text: String?) -> [String] {
        text?.split(separator: " ").map(String.init) ?? []
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

    private struct Failure: Decodable { var error: String }
}
