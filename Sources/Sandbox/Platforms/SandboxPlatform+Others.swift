/// What tf56's interface tells about a token's owner.
struct TF56User: Encodable, Hashable, Sendable {
    let userid: String
}

/// The other platforms behind the same door as the first one, with the same cards.
extension SandboxPlatform {
    func chainUpSignedIn(as card: String, _ login: LoginRequest) -> String {
        chainUp.book.code(for: card, login, seconds: model.lifetimes.codeSeconds, now: now())
    }

    func chainUpAsked(
        _ call: ChainUpModel.Call, _ request: ChainUpRequest
    ) throws(SandboxError) -> ChainUpAnswer {
        let keys = try chainUpKeys()
        return chainUp.answer(call, request, keys: keys, model: model, now: now())
    }

    func tf56SignedIn(as card: String, _ login: LoginRequest) -> String {
        tf56.book.code(for: card, login, seconds: model.lifetimes.codeSeconds, now: now())
    }

    func tf56Asked(_ fields: [String: String]) throws(Refusal) -> TF56Answer {
        try tf56.tokenAsked(
            fields, cards: model.cards, lifetimes: model.lifetimes, now: now())
    }

    func tf56User(token text: String?) throws(Refusal) -> TF56User {
        guard let text, let token = tf56.book.tokens.token(text, now: now()) else {
            throw .unauthorised
        }
        return TF56User(userid: model.openID(of: token.subject, at: "tf56"))
    }

    func realSharkSignedIn(as card: String, _ login: LoginRequest) -> String {
        realShark.book.code(
            for: card, login, seconds: RealSharkModel.codeSeconds, now: now())
    }

    func realSharkAsked(
        _ fields: [String: String], isPost: Bool
    ) throws(Refusal) -> RealSharkAnswer {
        let token = try realShark.tokenAsked(
            fields, isPost: isPost, lifetimes: model.lifetimes, now: now())
        return answer(token)
    }

    /// A token without a code, for the client side's way.
    func realSharkToken(for card: String) -> RealSharkAnswer {
        answer(
            realShark.book.token(for: .holder(card), lifetimes: model.lifetimes, now: now()))
    }

    private func answer(_ token: TokenTable.Token) -> RealSharkAnswer {
        RealSharkAnswer(
            token, userID: model.openID(of: token.subject, at: "realshark"), now: now())
    }
}
