/// A code that is shown as a QR code, until somebody has used it.
public struct QRSession: Hashable, Sendable {
    /// Names the session at the platform.
    public var name: String
    /// What the QR code holds. Whoever scans it redeems it as ``Grant/code(_:state:)``.
    public var code: Secret

    public init(name: String, code: Secret) {
        self.name = name
        self.code = code
    }

    /// What became of a session.
    public enum State: String, Hashable, Sendable {
        case unused, used
        /// The platform does not know it any more, or nobody used it in time.
        case expired
    }
}

/// How often a session is asked for, and for how long.
public struct SessionPace: Hashable, Sendable {
    /// So many names are tried when each is taken.
    public var namesMax = 8
    /// So many other failures are borne until the last one is told.
    public var failuresMax = 4
    /// The wait after the first failure; each further one doubles it.
    public var backoffMin = Duration.milliseconds(500)
    /// The longest wait after a failure.
    public var backoffMax = Duration.seconds(8)
    /// Between two questions for the state of a session.
    public var poll = Duration.seconds(1)
    /// How long a code is waited for. The platform's own limit is unknown.
    public var life = Duration.seconds(120)

    public init() {}

    /// The wait after so many failures in a row.
    func backoff(after failures: Int) -> Duration {
        min(backoffMax, backoffMin * (1 << min(max(failures, 1) - 1, 16)))
    }
}

/// Waits; false when the waiting was given up.
public typealias Pause = @Sendable (Duration) async -> Bool
