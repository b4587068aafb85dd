/// A secret text: it shows itself only when asked for by name.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    public let exposed: String

    public init(_ text: String) { exposed = text }

    public var description: String { "<secret>" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// What a platform gives for a grant.
public struct Token: Hashable, Sendable {
    public var access: Secret
    public var refresh: Secret?
    /// How long it lives from the moment of the answer; nil when the platform does not say.
    public var expiresIn: Duration?
    /// The same for the refresh token.
    public var refreshExpiresIn: Duration?
    public var scope: [String]
    public var subject: String?
    public var roles: [String]
    /// The card's number as the platform repeats it.
    public var card: Secret?
    /// The state of the card: nil is normal, `lost` is lost, anything else is not normal.
    public var cardState: String?

    public init(
        access: Secret, refresh: Secret? = nil, expiresIn: Duration? = nil,
        refreshExpiresIn: Duration? = nil, scope: [String] = [], subject: String? = nil,
        roles: [String] = [], card: Secret? = nil, cardState: String? = nil
    ) {
        self.access = access
        self.refresh = refresh
        self.expiresIn = expiresIn
        self.refreshExpiresIn = refreshExpiresIn
        self.scope = scope
        self.subject = subject
        self.roles = roles
        self.card = card
        self.cardState = cardState
    }
}

/// A way to ask for a token.
public enum Grant: Hashable, Sendable {
    /// The terminal itself, without a user.
    case terminal
    /// A physical card by its number.
    case card(Secret)
    /// A code that is good once: sent to a phone, shown as a QR code, or brought by a browser.
    ///
    /// `state` is what the browser's login was begun with, for platforms that ask for it again.
    case code(Secret, state: String? = nil)
    /// A person's name and password.
    case password(user: String, Secret)
    /// A refresh token, with the old token and the open id where the platform wants them.
    case refresh(Secret, token: Secret? = nil, openID: String? = nil)

    /// How errors and the command line call it.
    public var way: String {
        switch self {
        case .terminal: "terminal"
        case .card: "card"
        case .code: "code"
        case .password: "password"
        case .refresh: "refresh"
        }
    }
}
