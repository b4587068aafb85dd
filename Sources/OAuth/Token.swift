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
    public var scope: [String]
    public var subject: String?
    public var roles: [String]
    /// The card's number as the platform repeats it.
    public var card: Secret?
    /// The state of the card: nil is normal, `lost` is lost, anything else is not normal.
    public var cardState: String?

    public init(
        access: Secret, refresh: Secret? = nil, expiresIn: Duration? = nil, scope: [String] = [],
        subject: String? = nil, roles: [String] = [], card: Secret? = nil,
        cardState: String? = nil
    ) {
        self.access = access
        self.refresh = refresh
        self.expiresIn = expiresIn
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
}
