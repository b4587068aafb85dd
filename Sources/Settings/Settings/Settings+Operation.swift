public import Sealing

extension Settings {
    /// How accepted payments are forwarded.
    public struct Sync: Hashable, Sendable {
        /// Different cards in parallel.
        public var concurrency: Int
        /// The shortest wait before a repetition.
        public var retryMin: Duration
        /// The longest wait before a repetition.
        public var retryMax: Duration
        /// How long a request may still surface after it was last on its way.
        public var lateArrival: Duration
        /// After this a 404 no longer proves that nothing was charged.
        public var orderMemory: Duration
    }

    /// Where payments are kept.
    public struct Ledger: Hashable, Sendable {
        /// The SQLite file.
        public var path: String
        /// A directory on a second medium.
        public var mirror: String?
        /// No offline payments while ``mirror`` cannot be written.
        public var mirrorRequired: Bool
        /// The public key that the key of the card numbers is also wrapped to.
        public var recoveryKey: RecoveryKey?
        /// What the keys of the history and of the card numbers are drawn from, when it comes as a
        /// credential.
        public var dataKey: Secret?
        /// Settled payments older than this are archived.
        public var keep: Duration
    }

    /// The local interface.
    public struct API: Hashable, Sendable {
        /// A loopback address or `localhost`, without brackets.
        public var host: String
        public var port: Int
        /// The path of the Unix socket.
        public var socket: String
        /// `scheme://host[:port]`, lower case, as browsers send them.
        public var allowedOrigins: [String]
        /// Without one every operator call is refused.
        public var operatorToken: Secret?
        /// Where the commands find the operator token.
        public var operatorTokenFile: String
    }
}
