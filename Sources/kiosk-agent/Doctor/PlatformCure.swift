internal import FoundationEssentials
internal import OAuth
internal import Settings
internal import TerminalCore

/// What the doctor says about a platform that gives no token, and what mends it.
struct PlatformCure {
    private let settings: Settings.Platform

    init(_ settings: Settings) { self.settings = settings.platform }

    /// What happened — why — what to do.
    func phrase(_ error: TokenError) async -> Phrase {
        switch error {
        case .invalidClient: PlatformWords.wrongSecret(SovellOAuth.names.client)
        case .unreachable(.unknownHost(let host)): PlatformWords.unknownHost(host)
        case .unreachable(.untrusted): await untrusted()
        case .unreachable(.otherHost): PlatformWords.otherHost(host, port)
        case .unreachable(.noAuthorities):
            PlatformWords.noAuthorities(settings.caFile ?? "/etc/ssl/certs/ca-certificates.crt")
        default: error.phrase
        }
    }

    /// The library does not tell which of its three reasons it had: the certificate's dates do.
    private func untrusted() async -> Phrase {
        let now = SystemTerminalClock().now()
        let life = await CertificateLook.life(
            host: host, port: port, timeout: settings.requestTimeout)
        guard let life else { return TokenError.unreachable(.untrusted).phrase }
        if life.until < now { return PlatformWords.expired(Moments.text(life.until.milliseconds)) }
        if now < life.from { return PlatformWords.notYet(Moments.text(life.from.milliseconds)) }
        return PlatformWords.unknownAuthority(host, port)
    }

    private var address: URL? { URL(string: settings.baseURL) }
    private var host: String { address?.host() ?? settings.host }
    private var port: Int { address?.port ?? 443 }
}
