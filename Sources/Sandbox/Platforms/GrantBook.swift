/// The codes and tokens that one of the other platforms gave out; each platform has its own book.
struct GrantBook: Sendable {
    let clientID: String
    let clientSecret: String
    var codes = OneTimeCodes()
    var tokens = TokenTable()
    var generator: SeededGenerator

    init(clientID: String, clientSecret: String, seed: UInt64) {
        self.clientID = clientID
        self.clientSecret = clientSecret
        generator = SeededGenerator(seed: seed)
    }

    func isClient(id: String?, secret: String?) -> Bool {
        id == clientID && secret == clientSecret
    }

    /// A code for a browser whose user signed in as this card's holder.
    mutating func code(
        for card: String, _ login: LoginRequest, seconds: Int64, now: Int64
    ) -> String {
        let code = generator.hex(32)
        codes.insert(
            OneTimeCodes.Code(
                text: code, subject: .holder(card), redirectURI: login.redirectURI,
                state: login.state, expires: now + seconds * 1_000))
        return code
    }

    /// A token and its refresh token.
    mutating func token(
        for subject: TokenTable.Subject, lifetimes: TokenLifetimes, now: Int64
    ) -> TokenTable.Token {
        let seconds = subject == .terminal ? lifetimes.terminalSeconds : lifetimes.cardSeconds
        let token = TokenTable.Token(
            text: generator.uuidText(), refresh: generator.uuidText(), subject: subject,
            expires: now + seconds * 1_000,
            refreshExpires: now + lifetimes.refreshSeconds * 1_000)
        tokens.insert(token)
        return token
    }

    /// Whom a code speaks for, once; nil when it is unknown, used, over, or another address's.
    mutating func redeem(
        _ text: String, redirectURI: String?, now: Int64
    ) -> OneTimeCodes.Code? {
        guard let code = codes.take(text, now: now), code.redirectURI == redirectURI else {
            return nil
        }
        return code
    }
}

extension PlatformModel {
    /// A text that tells nobody the card: the same for the same card, on one platform.
    func openID(of subject: TokenTable.Subject, at platform: String) -> String {
        subject.cardNumber.map { accountID(of: platform + $0) } ?? clientID
    }
}
