internal import ArgumentParser
internal import OAuth
internal import Settings
internal import TerminalCore

/// A platform as the command line names it, and how its client is made of the configuration.
struct PlatformChoice: ExpressibleByArgument, Sendable {
    let name: String
    /// `redirect` is the address of the command line; without one the configured one counts.
    let make: @Sendable (Settings, _ redirect: String?) throws -> any OAuthPlatform

    static let sovell = PlatformChoice(name: "sovell") { settings, redirect in
        SovellOAuth(settings.platform, redirect: redirect)
    }

    static let all = [sovell, chainup, tf56, realshark]

    init?(argument: String) {
        guard let choice = Self.all.first(where: { $0.name == argument }) else { return nil }
        self = choice
    }

    private init(
        name: String, make: @escaping @Sendable (Settings, String?) throws -> any OAuthPlatform
    ) {
        self.name = name
        self.make = make
    }

    static var allValueStrings: [String] { all.map(\.name) }
    var defaultValueDescription: String { name }

    private static let chainup = PlatformChoice(name: "chainup") { settings, redirect in
        let chainup = settings.otherPlatforms.chainup
        let key = "other_platforms.chainup"
        let seal = try RSASeal(
            theirKey: try given(chainup.platformPublicKey, "\(key).platform_public_key"),
            theirName: "\(key).platform_public_key",
            ourKey: OAuth.Secret(try given(chainup.privateKey, "\(key).private_key").exposed),
            ourName: "\(key).private_key")
        return ChainUpOAuth(
            baseURL: try given(chainup.baseURL, "\(key).base_url"),
            appID: try given(chainup.appID, "\(key).app_id"), seal: seal, redirectURI: redirect,
            timeFormat: chainup.timeFormat == .text ? .text : .number,
            now: { SystemTerminalClock().now().milliseconds })
    }

    private static let tf56 = PlatformChoice(name: "tf56") { settings, redirect in
        let tf56 = settings.otherPlatforms.tf56
        return TF56OAuth(
            baseURL: tf56.baseURL,
            clientID: try given(tf56.clientID, "other_platforms.tf56.client_id"),
            clientSecret: OAuth.Secret(
                try given(tf56.clientSecret, "the credential tf56_client_secret").exposed),
            redirectURI: redirect ?? tf56.redirectURI)
    }

    private static let realshark = PlatformChoice(name: "realshark") { settings, redirect in
        let realshark = settings.otherPlatforms.realshark
        return RealSharkOAuth(
            baseURL: realshark.baseURL,
            appKey: try given(realshark.appKey, "other_platforms.realshark.app_key"),
            appSecret: OAuth.Secret(
                try given(realshark.appSecret, "the credential realshark_app_secret").exposed),
            redirectURI: redirect ?? realshark.redirectURI,
            method: realshark.tokenMethod == .get ? .get : .post, makeState: RandomName.make)
    }
}

/// What a platform cannot do without.
private func given<Value>(_ value: Value?, _ name: String) throws -> Value {
    guard let value else { throw TokenError.missing(name) }
    return value
}

extension SovellOAuth {
    /// The payment platform's client, as configured.
    init(_ platform: Settings.Platform, redirect: String? = nil) {
        self.init(
            baseURL: platform.baseURL, clientID: platform.clientID,
            clientSecret: OAuth.Secret(platform.clientSecret.exposed),
            authentication: platform.clientAuthentication == .basic ? .basic : .body,
            redirectURI: redirect)
    }
}

/// Names that nobody else has.
enum RandomName {
    /// 128 bits of the system's randomness in hex.
    static func make() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let hex = String(random.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - hex.count) + hex
        }.joined()
    }
}
