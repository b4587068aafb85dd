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
    /// Answers a token request whose client was read from the body or from HTTP Basic.
    mutating func tokenAsked(
        _ form: [String: String], client: (id: String, secret: String)?, now: Int64
    ) throws(Refusal) -> TokenAnswer {
        guard let client, client.id == clientID, client.secret == clientSecret else {
            throw Refusal(
                status: 401, error: "invalid_client", description: "wrong client or secret")
        }
        switch form["grant_type"] {
        case "client_credentials": return give(.terminal, now: now)
        case "offline_cert": return give(.card(try number(fromCode: form["code"])), now: now)
        case "refresh_token":
            guard let subject = form["refresh_token"].flatMap({ tokens.subject(ofRefresh: $0) })
            else {
                throw Refusal(
                    status: 400, error: "invalid_grant", description: "unknown refresh token")
            }
            return give(subject, now: now)
        case nil: throw .badRequest("grant_type is missing")
        default:
            throw Refusal(
                status: 400, error: "unsupported_grant_type",
                description: "the sandbox knows client_credentials, offline_cert, refresh_token")
        }
    }

    /// The number in `card/<number>`; a slash that is still encoded as `%2F` counts too.
    private func number(fromCode code: String?) throws(Refusal) -> String {
        guard let code else { throw .badRequest("code is missing") }
        for mark in ["card/", "card%2F", "card%2f"] where code.hasPrefix(mark) {
            let number = String(code.dropFirst(mark.count))
            if card(number) != nil { return number }
        }
        throw Refusal(status: 400, error: "invalid_grant", description: "the card is unknown")
    }

    private mutating func give(_ subject: TokenTable.Subject, now: Int64) -> TokenAnswer {
        let seconds: Int64
        var answer = TokenAnswer(
            access_token: generator.uuidText(), refresh_token: generator.uuidText(),
            expires_in: 0, scope: "pass:payment openid", sub: clientID, roles: "terminal")
        switch subject {
        case .terminal: seconds = lifetimes.terminalSeconds
        case .card(let number):
            seconds = lifetimes.cardSeconds
            answer.sub = accountID(of: number)
            answer.roles = "root card"
            answer.card = number
            answer.st = card(number)?.st
        }
        answer.expires_in = seconds
        keep(
            TokenTable.Token(
                text: answer.access_token, refresh: answer.refresh_token, subject: subject,
                expires: now + seconds * 1_000))
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
