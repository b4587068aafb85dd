/// tf56's token endpoint, see wire/other-platforms.md.
struct TF56Model: Sendable {
    static let loginNames = LoginRequest.Names(
        client: "client_id", redirect: "redirect_uri", responseTypes: ["code"])
    /// Of every user; the user's name is the phone of a card's holder (assumed).
    static let password = "sandbox"

    var book: GrantBook
    /// The two spellings of the answer take turns, so that a client needs both.
    private var isJoined = true

    init(book: GrantBook) { self.book = book }

    /// Answers a token request; all of its fields are in the query.
    ///
    /// Refusals look like RFC 6749's (assumed).
    mutating func tokenAsked(
        _ fields: [String: String], cards: [SandboxCard], lifetimes: TokenLifetimes, now: Int64
    ) throws(Refusal) -> TF56Answer {
        guard book.isClient(id: fields["client_id"], secret: fields["client_secret"]) else {
            throw .invalidClient
        }
        let subject = try self.subject(of: fields, cards: cards, now: now)
        let token = book.token(for: subject, lifetimes: lifetimes, now: now)
        isJoined.toggle()
        return TF56Answer(
            token: token, seconds: (token.expires - now) / 1_000, isJoined: isJoined)
    }

    private mutating func subject(
        of fields: [String: String], cards: [SandboxCard], now: Int64
    ) throws(Refusal) -> TokenTable.Subject {
        switch fields["grant_type"] {
        case "client_credentials": return .terminal
        case "authorization_code":
            guard let text = fields["code"] else { throw .badRequest("code is missing") }
            guard let code = book.redeem(text, redirectURI: fields["redirect_uri"], now: now)
            else { throw .invalidGrant("the code is unknown, used, over or another address's") }
            return code.subject
        case "password":
            guard let name = fields["username"], fields["password"] == Self.password,
                let card = cards.first(where: { $0.phone == name })
            else { throw .invalidGrant("wrong user or password") }
            return .holder(card.number)
        case "refresh_token":
            guard let text = fields["refresh_token"],
                let token = book.tokens.takeRefresh(text, now: now)
            else { throw .invalidGrant("the refresh token is unknown, used or over") }
            return token.subject
        case nil: throw .badRequest("grant_type is missing")
        default:
            throw .unsupportedGrant(
                "client_credentials, authorization_code, password, refresh_token")
        }
    }
}

/// tf56's token answer in one of its two spellings.
struct TF56Answer: Encodable, Sendable {
    /// Not ASCII, as the platform's own samples have it.
    static let scope = "运单 查询"

    let token: TokenTable.Token
    let seconds: Int64
    /// `accesstoken` instead of `access_token`, and so on.
    let isJoined: Bool

    enum CodingKeys: String, CodingKey {
        case scope
        case expires_in, token_type, access_token, refresh_token
        case expiresin, tokentype, accesstoken, refreshtoken
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(Self.scope, forKey: .scope)
        try values.encode(seconds, forKey: isJoined ? .expiresin : .expires_in)
        try values.encode("uuid", forKey: isJoined ? .tokentype : .token_type)
        try values.encode(token.text, forKey: isJoined ? .accesstoken : .access_token)
        try values.encode(token.refresh, forKey: isJoined ? .refreshtoken : .refresh_token)
    }
}
