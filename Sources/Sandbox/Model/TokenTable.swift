/// The tokens that were given out, newest last, and what each stands for.
struct TokenTable: Sendable {
    /// The most tokens that are remembered; older ones stop working.
    static let tokensMax = 10_000

    /// Whom a token speaks for.
    enum Subject: Hashable, Sendable {
        case terminal
        case card(String)
        /// The person who has this card, known by a phone, a QR code or a browser.
        case holder(String)

        /// The card whose money it spends; nil for a terminal.
        var cardNumber: String? {
            switch self {
            case .terminal: nil
            case .card(let number), .holder(let number): number
            }
        }
    }

    struct Token: Hashable, Sendable {
        let text: String
        let refresh: String
        let subject: Subject
        /// Unix milliseconds.
        let expires: Int64
        /// Unix milliseconds.
        let refreshExpires: Int64
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

    /// The token with this text; nil when it is unknown or over.
    func token(_ text: String, now: Int64) -> Token? {
        byText[text].flatMap { now < $0.expires ? $0 : nil }
    }

    /// The token that a refresh token came with; nil when it is unknown, used or over.
    ///
    /// Assumed: a refresh token is good for one answer, which brings the next one.
    mutating func takeRefresh(_ text: String, now: Int64) -> Token? {
        guard let token = textByRefresh.removeValue(forKey: text).flatMap({ byText[$0] }),
            now < token.refreshExpires
        else { return nil }
        return token
    }

    mutating func removeAll() { self = TokenTable() }

    private mutating func forget(_ text: String) {
        guard let token = byText.removeValue(forKey: text) else { return }
        textByRefresh[token.refresh] = nil
    }
}
