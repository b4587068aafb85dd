/// Codes that are good for one token each: by text message, from a QR code or from a browser.
struct OneTimeCodes: Sendable {
    /// The most codes that are remembered; older ones stop working.
    static let codesMax = 10_000

    struct Code: Hashable, Sendable {
        let text: String
        /// Whom its token will speak for.
        let subject: TokenTable.Subject
        /// The address and the state that the browser carried; nil when none carried the code.
        var redirectURI: String?
        var state: String?
        /// Unix milliseconds.
        let expires: Int64
    }

    private var byText: [String: Code] = [:]
    private var order: [String] = []

    mutating func insert(_ code: Code) {
        if order.count >= Self.codesMax {
            for old in order.prefix(Self.codesMax / 10) { byText[old] = nil }
            order.removeFirst(Self.codesMax / 10)
        }
        byText[code.text] = code
        order.append(code.text)
    }

    func contains(_ text: String) -> Bool { byText[text] != nil }

    /// The code, once; nil when it is unknown, used or over.
    ///
    /// A code that turns out to be for another address is used up too: it may have been stolen.
    mutating func take(_ text: String, now: Int64) -> Code? {
        guard let code = byText.removeValue(forKey: text), now < code.expires else { return nil }
        return code
    }

    /// Makes a code worthless.
    mutating func withdraw(_ text: String) { byText[text] = nil }
}
