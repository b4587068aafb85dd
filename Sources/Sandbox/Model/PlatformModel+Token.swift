/// What a token answer tells, from wire/sovell.md.
struct TokenAnswer: Encodable, Hashable, Sendable {
    var access_token: String
    var token_type = "bearer"
    var refresh_token: String
    var expires_in: Int64
    var scope: String
    var sub: String
    var roles: String
    var card: String?
    var st: String?
}

extension PlatformModel {
    static let scope = "pass:payment openid"

    /// Answers a token request whose client was read from the body or from HTTP Basic.
    mutating func tokenAsked(
        _ form: [String: String], client: (id: String, secret: String)?, now: Int64
    ) throws(Refusal) -> TokenAnswer {
        guard let client, client.id == clientID, client.secret == clientSecret else {
            throw .invalidClient
        }
        switch form["grant_type"] {
        case "client_credentials": return give(.terminal, now: now)
        case "offline_cert": return give(.card(try number(fromCode: form["code"])), now: now)
        case "authorization_code":
            let subject = try redeem(
                form["code"], redirectURI: form["redirect_uri"], now: now)
            return give(subject, now: now)
        case "refresh_token":
            guard let text = form["refresh_token"],
                let token = tokens.takeRefresh(text, now: now)
            else { throw .invalidGrant("the refresh token is unknown, used or over") }
            return give(token.subject, now: now)
        case nil: throw .badRequest("grant_type is missing")
        default:
            throw .unsupportedGrant(
                "client_credentials, offline_cert, authorization_code, refresh_token")
        }
    }

    /// The number in `card/<number>`; a slash that is still encoded as `%2F` counts too.
    private func number(fromCode code: String?) throws(Refusal) -> String {
        guard let code else { throw .badRequest("code is missing") }
        for mark in ["card/", "card%2F", "card%2f"] where code.hasPrefix(mark) {
            let number = String(code.dropFirst(mark.count))
            if card(number) != nil { return number }
        }
        throw .invalidGrant("the card is unknown")
    }

    private mutating func give(_ subject: TokenTable.Subject, now: Int64) -> TokenAnswer {
        let seconds = subject == .terminal ? lifetimes.terminalSeconds : lifetimes.cardSeconds
        let identity = self.identity(of: subject)
        let answer = TokenAnswer(
            access_token: generator.uuidText(), refresh_token: generator.uuidText(),
            expires_in: seconds, scope: Self.scope, sub: identity.sub, roles: identity.roles,
            card: identity.card, st: identity.st)
        tokens.insert(
            TokenTable.Token(
                text: answer.access_token, refresh: answer.refresh_token, subject: subject,
                expires: now + seconds * 1_000,
                refreshExpires: now + lifetimes.refreshSeconds * 1_000))
        return answer
    }

    /// The account behind a card: 32 hex digits that depend on its number alone.
    func accountID(of number: String) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in number.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        var digits = SeededGenerator(seed: hash)
        return digits.hex(32)
    }
}
