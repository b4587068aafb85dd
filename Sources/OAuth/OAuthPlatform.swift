/// One platform's way of giving tokens: what differs between platforms, as data and pure functions.
///
/// What a platform does not offer throws ``TokenError/unsupported(_:)``.
public protocol OAuthPlatform: Sendable {
    /// What its errors call the things that an installer can mend.
    var names: PlatformNames { get }
    /// Who asks whom: the platform, its address and the client's name there.
    var identity: String { get }
    /// Where the browser returns to; nil when none is configured.
    var redirectURI: String? { get }
    /// Whether a refresh needs the old token and the open id as well.
    var refreshTakesToken: Bool { get }

    /// The request that asks for a token.
    func request(for grant: Grant) throws(TokenError) -> WireRequest
    /// The token in an answer, or why there is none.
    func token(in response: WireResponse) throws(TokenError) -> Token
    /// The page that a person opens to log in; `state` comes back with the answer.
    func authorizeURL(state: String, answer: BrowserAnswer) throws(TokenError) -> String
    /// The token that a browser brought back in the fragment of a callback.
    func token(inFragment fields: FormFields) throws(TokenError) -> Token
    /// `request` with the proof that its sender holds `token`.
    func authorised(_ request: WireRequest, by token: Secret) -> WireRequest

    /// Has a code sent to a phone, as the terminal. A success has no body.
    func smsRequest(phone: Secret, title: String) throws(TokenError) -> WireRequest
    /// Asks, as the terminal, for the code of a new session; 409 means that its name is taken.
    func sessionRequest(_ name: String) throws(TokenError) -> WireRequest
    /// Asks, as the terminal, whether the code of a session was used.
    func sessionStateRequest(_ name: String) throws(TokenError) -> WireRequest
    /// Asks what a token is good for.
    func inspectRequest(_ token: Secret) throws(TokenError) -> WireRequest
    /// Asks whose a token is, to be ``authorised(_:by:)`` by it.
    func userRequest() throws(TokenError) -> WireRequest
}

/// What a browser brings back.
public enum BrowserAnswer: String, Sendable {
    /// A code, to be redeemed by this machine.
    case code
    /// The token itself, in the fragment of the callback.
    case token
}

/// How a platform is called, and which keys of the configuration are about it.
public struct PlatformNames: Hashable, Sendable {
    /// Its name for people.
    public var platform: String
    /// The key of its address.
    public var address: String
    /// The keys of the client's name and its secret.
    public var client: String

    public init(platform: String, address: String, client: String) {
        self.platform = platform
        self.address = address
        self.client = client
    }
}

extension OAuthPlatform {
    public var refreshTakesToken: Bool { false }

    public func authorised(_ request: WireRequest, by token: Secret) -> WireRequest {
        var request = request
        request.headers.append(
            WireRequest.Header("Authorization", "Bearer " + token.exposed))
        return request
    }

    public func token(inFragment fields: FormFields) throws(TokenError) -> Token {
        throw .unsupported("a token in the callback")
    }

    public func smsRequest(phone: Secret, title: String) throws(TokenError) -> WireRequest {
        throw .unsupported("sms")
    }

    public func sessionRequest(_ name: String) throws(TokenError) -> WireRequest {
        throw .unsupported("qr")
    }

    public func sessionStateRequest(_ name: String) throws(TokenError) -> WireRequest {
        throw .unsupported("qr")
    }

    public func inspectRequest(_ token: Secret) throws(TokenError) -> WireRequest {
        throw .unsupported("inspect")
    }

    public func userRequest() throws(TokenError) -> WireRequest {
        throw .unsupported("inspect")
    }
}
