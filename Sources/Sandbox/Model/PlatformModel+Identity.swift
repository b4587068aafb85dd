/// Whom a token speaks for, in the platform's words; the answer of `userinfo`.
///
/// Assumed: the wire page says only that the call exists.
struct IdentityAnswer: Encodable, Hashable, Sendable {
    var sub: String
    var roles: String
    var name: String?
    var phone: String?
    /// For a card's token only, as in the token's own answer.
    var card: String?
    var st: String?
}

/// The answer of `check_token`.
///
/// Assumed: the names are those of RFC 7662.
struct CheckAnswer: Encodable, Hashable, Sendable {
    var active = true
    var client_id: String
    /// Unix seconds.
    var exp: Int64
    var scope: String
    var sub: String
    var roles: String
    var card: String?
    var st: String?
}

extension PlatformModel {
    func identity(of subject: TokenTable.Subject) -> IdentityAnswer {
        guard let number = subject.cardNumber else {
            return IdentityAnswer(sub: clientID, roles: "terminal")
        }
        let card = self.card(number)
        var answer = IdentityAnswer(
            sub: accountID(of: number), roles: "root", name: card?.name, phone: card?.phone)
        if subject == .card(number) {
            answer.roles = "root card"
            answer.card = number
            answer.st = card?.st
        }
        return answer
    }

    /// Tells about a token; one that is unknown or over is 400 `invalid_token` (assumed).
    func tokenChecked(_ text: String?, now: Int64) throws(Refusal) -> CheckAnswer {
        guard let text else { throw .badRequest("token is missing") }
        guard let token = tokens.token(text, now: now) else {
            throw Refusal(
                status: 400, error: "invalid_token", description: "the token is unknown or over")
        }
        let identity = self.identity(of: token.subject)
        return CheckAnswer(
            client_id: clientID, exp: token.expires / 1_000, scope: Self.scope,
            sub: identity.sub, roles: identity.roles, card: identity.card, st: identity.st)
    }

    func identityAsked(bearer: String?, now: Int64) throws(Refusal) -> IdentityAnswer {
        guard let subject = subject(bearer: bearer, now: now) else { throw .unauthorised }
        return identity(of: subject)
    }
}
