/// Why there is no token, classified once.
public enum TokenError: Error, Hashable, Sendable {
    /// No connection, or no answer: the platform gave no word.
    case unreachable(WireTrouble)
    /// The platform does not know this card, code or refresh token (`invalid_grant`).
    case invalidGrant
    /// The platform does not accept the terminal's own credentials (`invalid_client`).
    case invalidClient
    /// Another definite "no", by its OAuth error code.
    case refused(String)
    /// The platform does not accept the time of the request, in its words: one of the two clocks is
    /// off.
    case timeRefused(String)
    /// Not now: overload, an error of the platform's own, a captive portal.
    case later(status: Int, after: Duration?)
    /// The answer sends us elsewhere, with this status, and to this host if it names one. Never
    /// followed: a secret would go along.
    case redirected(status: Int, to: String? = nil)
    /// A success without a usable token; the text names what is missing.
    case malformed(String)
    /// The answer is not signed by the platform, or was changed on its way.
    case badSignature
    /// The callback does not carry the state that the login was begun with.
    case stateDiffers
    /// The callback came to another address than the one that was asked for.
    case otherPath
    /// The callback cannot be used; the text says why.
    case badCallback(String)
    /// The platform gives no token this way.
    case unsupported(String)
    /// Something that this way needs was not given; the text names it.
    case missing(String)
    /// A key that is no RSA key; the text is the name of its setting.
    case badKey(String)
    /// A session could not be begun: every name was taken.
    case namesTaken
}

extension TokenError: CustomStringConvertible {
    /// What happened, why, and what to do, in the words of the payment platform.
    public var description: String { text(SovellOAuth.names) }

    /// What happened, why, and what to do, with the names of the platform that it happened with.
    public func text(_ names: PlatformNames) -> String {
        switch self {
        case .unreachable(let trouble):
            "the platform cannot be reached — \(trouble) — check the network and \(names.address)"
        case .invalidGrant:
            "the platform does not know it — the card, code, password or token is not valid — "
                + "check what was given"
        case .invalidClient:
            "the platform refuses this terminal — client id or secret is wrong — "
                + "check \(names.client)"
        case .refused(let code):
            "the platform refuses the request — it says \(code) — check \(names.client), or ask "
                + "the platform's support"
        case .timeRefused(let code):
            "the platform refuses the time of the request — it says \(code) — check the clock: "
                + "timedatectl set-ntp true"
        case .later(let status, _) where status == 404 || status == 405:
            "the platform gives no token there — it answered \(status) — check \(names.address)"
        case .later(let status, _) where status == 401 || status == 403:
            "the platform gives no token — it answered \(status) — check \(names.client)"
        case .later(let status, _):
            "the platform gives no token now — it answered \(status) — try again later"
        case .redirected(let status, let place):
            "the platform sends us elsewhere — it answered \(status)"
                + (place.map { " and names \($0)" } ?? "")
                + ", which is not followed — set \(names.address) to where it really is"
        case .malformed(let what):
            "the platform's answer is no token — \(what) — check \(names.address)"
        case .badSignature:
            "the answer is not the platform's — its signature does not verify — check "
                + "\(names.client) and \(names.address)"
        case .stateDiffers:
            "the callback is not the answer to this login — its state differs — "
                + "begin again with kiosk-agent token authorize-url"
        case .otherPath:
            "the callback is not ours — it came to another address than the redirect URI — "
                + "check the redirect URI at the platform and here"
        case .badCallback(let what):
            "the callback cannot be used — \(what) — "
                + "begin again with kiosk-agent token authorize-url"
        case .unsupported(let way):
            "\(names.platform) gives no token this way — it does not know \(way) — "
                + "choose another --way"
        case .missing(let what):
            "the platform cannot be asked — \(what) is missing — set it"
        case .badKey(let name):
            "the key cannot be read — \(name) is no RSA key of 2048 bits or more — "
                + "give base64url without armour, or PEM"
        case .namesTaken:
            "no session could be begun — each name was taken — try again later"
        }
    }
}
