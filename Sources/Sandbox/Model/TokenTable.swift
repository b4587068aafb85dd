/// The tokens that were given out, newest last, and what each stands for.
struct TokenTable: Sendable {
    /// The most tokens that are remembered; older ones stop working.
    static let tokensMax = 10_000

    /// Whom a token speaks for.
    enum Subject: Hashable, Sendable {
        case terminal
        case card(String)
    }

    struct Token: Hashable, Sendable {
        let text: String
        let refresh: String
        let subject: Subject
        /// Unix milliseconds.
        let expires: Int64
    }

    private var byText: [String: Token] = [:]
    private var textByRefresh: [String: String] = [:]
    private var order: [String] = []

    mutating func insert(_ token: Token) {
        if order.count >= Self.tokensMax {
            for old in order.prefix(Self.tokensMax / 10) { forget(old) }
            order.removeFirst(Self.tokensMax / 10)
        }
        byText[token.text] = token
        textByRefresh[token.refresh] = token.text
        order.append(token.text)
    }

    /// Whom `text` speaks for at `now`; nil when it is unknown or over.
    func subject(of text: String, now: Int64) -> Subject? {
        byText[text].flatMap { now < $0.expires ? $0.subject : nil }
    }

    /// Whom a refresh token speaks for; it is not limited in time.
    func subject(ofRefresh text: String) -> Subject? {
        textByRefresh[text].flatMap { byText[$0]?.subject }
    }

    mutating func removeAll() { self = TokenTable() }

    private mutating func forget(_ text: String) {
        guard let token = byText.removeValue(forKey: text) else { return }
        textByRefresh[token.refresh] = nil
    }
}
