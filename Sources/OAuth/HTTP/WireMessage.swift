/// One request to a platform.
public struct WireRequest: Hashable, Sendable {
    public enum Method: String, Sendable { case get = "GET", post = "POST", delete = "DELETE" }

    public var method: Method
    public var url: String
    public var headers: [Header]
    public var body: [UInt8]?

    /// A name and its value; values may be secret and are never logged.
    public struct Header: Hashable, Sendable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public init(_ method: Method, _ url: String, headers: [Header] = [], body: [UInt8]? = nil) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// A complete answer.
public struct WireResponse: Hashable, Sendable {
    public var status: Int
    public var body: [UInt8]
    /// `Retry-After` in seconds, when it was given so.
    public var retryAfter: Duration?
    /// `Date`: the platform's clock, in Unix milliseconds.
    public var date: Int64?
    /// `X-Total-Count`: how many entries a list has that comes in pages.
    public var totalCount: Int?
    /// `Location` as it came: where a redirect leads.
    public var location: String?

    /// The longest body that is read, in bytes; a platform's answers have a few hundred.
    public static let bodyMax = 256 * 1024

    public init(
        status: Int, body: [UInt8] = [], retryAfter: Duration? = nil, date: Int64? = nil,
        totalCount: Int? = nil, location: String? = nil
    ) {
        self.status = status
        self.body = body
        self.retryAfter = retryAfter
        self.date = date
        self.totalCount = totalCount
        self.location = location
    }
}

/// Why there is no complete answer.
public enum WireFailure: Error, Hashable, Sendable {
    /// Surely no byte of the body left: refused, unknown host, TLS, no free connection.
    case notSent(WireTrouble)
    /// It may or may not have arrived: timeout, reset, cut off, too long.
    case unknown(WireTrouble)

    /// What went wrong, wherever the request was by then.
    public var trouble: WireTrouble {
        switch self {
        case .notSent(let trouble), .unknown(let trouble): trouble
        }
    }
}

/// The way to a platform. A protocol, because a simulator has no sockets.
public protocol Wire: Sendable {
    /// Sends `request` and reads the whole answer, all within `timeout`. Redirects are not
    /// followed.
    func send(
        _ request: WireRequest, timeout: Duration
    ) async throws(WireFailure) -> WireResponse
}
