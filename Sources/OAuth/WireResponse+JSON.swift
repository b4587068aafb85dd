internal import FoundationEssentials

extension WireResponse {
    /// The JSON of a success; `what` names it in errors, as `a token`.
    func success<T: Decodable>(_ type: T.Type, _ what: String) throws(TokenError) -> T {
        guard status == 200 else { throw TokenError(self) }
        guard let answer = try? JSONDecoder().decode(type, from: Data(body)) else {
            throw .malformed("it is not the JSON of \(what)")
        }
        return answer
    }
}

extension TokenError {
    /// The longest code of an error that is kept: it goes to the log.
    private static let codeMax = 64

    /// What an answer that is no success means, on every platform.
    ///
    /// `invalid_grant` and `invalid_client` are those of RFC 6749, 5.2. A 4xx whose body is not
    /// such JSON proves nothing: a captive portal answers so too.
    init(_ response: WireResponse) {
        struct Failure: Decodable { var error: String }
        let failure = try? JSONDecoder().decode(Failure.self, from: Data(response.body))
        self =
            switch (response.status, failure?.error) {
            case (300..<400, _):
                .redirected(status: response.status, to: response.redirectPlace)
            case (400..<500, "invalid_grant"): .invalidGrant
            case (400..<500, "invalid_client"), (400..<500, "unauthorized_client"): .invalidClient
            case (408, _), (425, _), (429, _):
                .later(status: response.status, after: response.retryAfter)
            case (400..<500, let code?): .refused(saying: code)
            default: .later(status: response.status, after: response.retryAfter)
            }
    }

    /// A refusal in the platform's words: cut, on one line, in visible characters.
    static func refused(saying text: String) -> TokenError { .refused(visible(text)) }

    /// The same of a refusal for the time of the request.
    static func timeRefused(saying text: String) -> TokenError { .timeRefused(visible(text)) }

    private static func visible(_ text: String) -> String {
        var visible = String.UnicodeScalarView()
        visible.append(
            contentsOf: text.unicodeScalars.lazy
                .filter { $0.properties.generalCategory != .control }.prefix(codeMax))
        return String(visible)
    }
}
