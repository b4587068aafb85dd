/// RealShark's token endpoint, see wire/other-platforms.md.
struct RealSharkModel: Sendable {
    static let loginNames = LoginRequest.Names(
        client: "app_key", redirect: "redirect_uri", responseTypes: ["code", "token"])
    /// A code lives 10 minutes (stated).
    static let codeSeconds: Int64 = 600

    var book: GrantBook

    /// Answers a token request; refusals look like RFC 6749's (assumed).
    mutating func tokenAsked(
        _ fields: [String: String], isPost: Bool, lifetimes: TokenLifetimes, now: Int64
    ) throws(Refusal) -> TokenTable.Token {
        guard book.isClient(id: fields["app_key"], secret: fields["app_secret"]) else {
            throw .invalidClient
        }
        switch fields["grant_type"] {
        case "authorization_code":
            guard let text = fields["code"] else { throw .badRequest("code is missing") }
            guard let code = book.redeem(text, redirectURI: fields["redirect_uri"], now: now),
                code.state == fields["state"]
            else {
                throw .invalidGrant("the code is unknown, used, over, or came with another state")
            }
            return book.token(for: code.subject, lifetimes: lifetimes, now: now)
        case "refresh_token":
            guard isPost else {
                throw Refusal(
                    status: 405, error: "invalid_request", description: "a refresh is a POST")
            }
            guard let text = fields["refresh_token"],
                let token = book.tokens.takeRefresh(text, now: now)
            else { throw .invalidGrant("the refresh token is unknown, used or over") }
            return book.token(for: token.subject, lifetimes: lifetimes, now: now)
        case nil: throw .badRequest("grant_type is missing")
        default: throw .unsupportedGrant("authorization_code, refresh_token")
        }
    }
}

/// RealShark's token answer; both lengths are in seconds.
struct RealSharkAnswer: Encodable, Hashable, Sendable {
    let access_token: String
    let access_expires_in: Int64
    let refresh_token: String
    let refresh_expires_in: Int64
    let userid: String

    init(_ token: TokenTable.Token, userID: String, now: Int64) {
        access_token = token.text
        access_expires_in = (token.expires - now) / 1_000
        refresh_token = token.refresh
        refresh_expires_in = (token.refreshExpires - now) / 1_000
        userid = userID
    }

    /// The fields of a callback's fragment; that it tells as much as an answer is assumed.
    var fields: [(String, String)] {
        [
            ("access_token", access_token), ("access_expires_in", String(access_expires_in)),
            ("refresh_token", refresh_token), ("refresh_expires_in", String(refresh_expires_in)),
            ("userid", userid),
        ]
    }
}
