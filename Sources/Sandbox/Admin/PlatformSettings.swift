/// The agent's `other_platforms` for this sandbox; `GET /admin/platforms`.
struct PlatformSettings: Encodable, Sendable {
    /// Where browsers come back to; nobody listens there unless the developer does.
    static let redirectURI = "http://127.0.0.1:7719/callback"

    struct ChainUp: Encodable, Sendable {
        let base_url: String
        let app_id: String
        let platform_public_key: String
        /// Absent when the client's keys were given: the sandbox has their public part alone.
        let private_key: String?
    }
    struct TF56: Encodable, Sendable {
        let base_url: String
        let client_id: String
        let client_secret: String
        let redirect_uri: String
    }
    struct RealShark: Encodable, Sendable {
        let base_url: String
        let app_key: String
        let app_secret: String
        let redirect_uri: String
    }

    let chainup: ChainUp
    let tf56: TF56
    let realshark: RealShark

    /// `base` is the sandbox's address without a slash at the end.
    init(base: String, keys: ChainUpKeys, clientID: String, clientSecret: String) {
        chainup = ChainUp(
            base_url: base + "/chainup", app_id: clientID,
            platform_public_key: keys.platformPublicKey, private_key: keys.clientPrivateKey)
        tf56 = TF56(
            base_url: base + "/tf56/openGateway", client_id: clientID,
            client_secret: clientSecret, redirect_uri: Self.redirectURI)
        realshark = RealShark(
            base_url: base + "/realshark", app_key: clientID, app_secret: clientSecret,
            redirect_uri: Self.redirectURI)
    }
}
