/// Why there is no token, classified once.
public enum TokenError: Error, Hashable, Sendable {
    /// No connection, or no answer: the platform gave no word.
    case unreachable(String)
    /// The platform does not know this card, code or refresh token (`invalid_grant`).
    case invalidGrant
    /// The platform does not accept the terminal's own credentials (`invalid_client`).
    case invalidClient
    /// Another definite "no", by its OAuth error code.
    case refused(String)
    /// Not now: overload, an error of the platform's own, a captive portal.
    case later(status: Int, after: Duration?)
    /// A success without a usable token; the text names what is missing.
    case malformed(String)
}

extension TokenError: CustomStringConvertible {
    /// What happened, why, and what to do.
    public var description: String {
        switch self {
        case .unreachable(let text):
            "the platform cannot be reached — \(text) — check the network and platform.base_url"
        case .invalidGrant:
            "the platform does not know it — the card, code or token is not valid — check "
                + "the number"
        case .invalidClient:
            "the platform refuses this terminal — client id or secret is wrong — "
                + "check platform.client_id and the credential client_secret"
        case .refused(let code):
            "the platform refuses the request — it says \(code) — ask the platform's support"
        case .later(let status, _):
            "the platform gives no token now — it answered \(status) — try again later"
        case .malformed(let what):
            "the platform's answer is no token — \(what) — check platform.base_url"
        }
    }
}
