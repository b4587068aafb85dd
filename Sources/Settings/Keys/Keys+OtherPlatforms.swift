extension Keys {
    enum ChainUp {
        static let baseURL = Key<WebAddress?>(
            "other_platforms.chainup.base_url", as: .orNull(.webAddress), default: "null",
            about: "where the ChainUp platform is")
        static let appID = Key<String?>(
            "other_platforms.chainup.app_id", as: .orNull(.text()), default: "null",
            about: "the name of this client at ChainUp")
        static let platformPublicKey = Key<String?>(
            "other_platforms.chainup.platform_public_key", as: .orNull(.publicKey),
            default: "null", about: "ChainUp's RSA key")
        static let privateKey = Key<Secret?>(
            "other_platforms.chainup.private_key", as: .orNull(.secret), default: "null", .secret,
            credential: "chainup_private_key", about: "our RSA key as base64url or PEM")
        static let timeFormat = Key(
            "other_platforms.chainup.time_format",
            ScalarType<Settings.ChainUp.TimeFormat>.word, default: "number",
            about: "how the time of a request is written")

        static let rows = [
            baseURL.row, appID.row, platformPublicKey.row, privateKey.row, timeFormat.row,
        ]
    }

    enum TF56 {
        static let baseURL = Key(
            "other_platforms.tf56.base_url", .webAddress,
            default: "https://open.tf56.com/openGateway", about: "where the tf56 platform is")
        static let clientID = Key<String?>(
            "other_platforms.tf56.client_id", as: .orNull(.text()), default: "null",
            about: "the name of this client at tf56")
        static let clientSecret = Key<Secret?>(
            "other_platforms.tf56.client_secret", as: .orNull(.secret), default: "null", .secret,
            credential: "tf56_client_secret", about: "the secret that belongs to client_id")
        static let redirectURI = Key<String?>(
            "other_platforms.tf56.redirect_uri", as: .orNull(.text(lengthMax: 2_048)),
            default: "null", about: "where the browser returns to")

        static let rows = [baseURL.row, clientID.row, clientSecret.row, redirectURI.row]
    }

    enum RealShark {
        static let baseURL = Key(
            "other_platforms.realshark.base_url", .webAddress,
            default: "https://oauth.realshark.com", about: "where the RealShark platform is")
        static let appKey = Key<String?>(
            "other_platforms.realshark.app_key", as: .orNull(.text()), default: "null",
            about: "the name of this client at RealShark")
        static let appSecret = Key<Secret?>(
            "other_platforms.realshark.app_secret", as: .orNull(.secret), default: "null",
            .secret, credential: "realshark_app_secret",
            about: "the secret that belongs to app_key")
        static let redirectURI = Key<String?>(
            "other_platforms.realshark.redirect_uri", as: .orNull(.text(lengthMax: 2_048)),
            default: "null", about: "where the browser returns to")
        static let tokenMethod = Key(
            "other_platforms.realshark.token_method",
            ScalarType<Settings.RealShark.TokenMethod>.word, default: "post",
            about: "the HTTP method of the token call")

        static let rows = [
            baseURL.row, appKey.row, appSecret.row, redirectURI.row, tokenMethod.row,
        ]
    }
}
