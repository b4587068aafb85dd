public import TerminalCore

extension Settings {
    /// The payment service and how to reach it.
    public struct Platform: Hashable, Sendable {
        /// How the client proves itself at the token endpoint.
        public enum ClientAuthentication: String, Sendable, CaseIterable {
            /// `client_id` and `client_secret` in the form body.
            case body
            /// HTTP Basic.
            case basic
        }

        /// Scheme, host and path, without a `/` at the end.
        public var baseURL: String
        /// The platform's identity in the ledger: `host` or `host:port`, lower case, without the
        /// scheme's own port.
        public var host: String
        /// Whether the host is this machine, which makes it a development set-up.
        public var isLoopback: Bool
        public var clientID: String
        public var clientSecret: Secret
        /// The `app` of a payment by card.
        public var paymentApp: String
        public var clientAuthentication: ClientAuthentication
        /// Plain http beyond this machine is permitted.
        public var allowPlaintext: Bool
        /// PEM file of a site's own certificate authority.
        public var caFile: String?
        /// The status codes of a definite "no", and why.
        public var refusalReasons: [Int: Reason]
        public var connectTimeout: Duration
        /// For one request with its whole answer.
        public var requestTimeout: Duration
        /// From the tap to the answer; then the offline rules decide.
        public var decisionDeadline: Duration
    }
}
