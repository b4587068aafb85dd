extension Settings {
    /// The further platforms of `kiosk-agent token`; what is missing is reported when it is used.
    public struct OtherPlatforms: Hashable, Sendable {
        public var chainup: ChainUp
        public var tf56: TF56
        public var realshark: RealShark
    }

    /// The ChainUp open platform.
    public struct ChainUp: Hashable, Sendable {
        /// How the moment of a request is written; the platform's page and its demo differ.
        public enum TimeFormat: String, Sendable, CaseIterable { case number, text }

        public var baseURL: String?
        public var appID: String?
        /// X.509 SPKI as base64url or PEM.
        public var platformPublicKey: String?
        /// PKCS#8 as base64url or PEM.
        public var privateKey: Secret?
        public var timeFormat: TimeFormat
    }

    /// The tf56 open platform.
    public struct TF56: Hashable, Sendable {
        public var baseURL: String
        public var clientID: String?
        public var clientSecret: Secret?
        public var redirectURI: String?
    }

    /// The RealShark open platform.
    public struct RealShark: Hashable, Sendable {
        /// The HTTP method of the token call; the platform's document names both.
        public enum TokenMethod: String, Sendable, CaseIterable { case post, get }

        public var baseURL: String
        public var appKey: String?
        public var appSecret: Secret?
        public var redirectURI: String?
        public var tokenMethod: TokenMethod
    }
}
