import AsyncHTTPClient
import Foundation
import NIOSSL
import OAuth
import Testing

/// The built program and a real TLS server: a secret goes only to whom the certificate names, and
/// nowhere else, whatever the answer says.
@Suite("a platform behind TLS") struct TLSTests {
    /// The certificate that the platform shows.
    enum Shown: Sendable { case right, selfSigned, expired, ofOtherHost, ofOtherAuthority }

    private static let untrusted =
        "its certificate is expired or of an unknown authority, or the clock is off"
    private static let otherHost = "its certificate belongs to another host"
    private static let refusals: [(Shown, String, String)] = [
        (.selfSigned, "127.0.0.1", untrusted), (.expired, "127.0.0.1", untrusted),
        (.ofOtherAuthority, "127.0.0.1", untrusted), (.ofOtherHost, "127.0.0.1", otherHost),
        (.ofOtherHost, "localhost", otherHost),
    ]

    private static let token = "POST /oauth/v2/token"
    private static let trade = "POST /sovellpay/v2/trade"

    /// Gives tokens and takes every order.
    private static let willing: TLSPlatform.Script = { request in
        request == token
            ? .init(body: #"{"access_token":"t-1","expires_in":7199}"#)
            : .init(body: #"{"trade_id":"T1","status":"normal"}"#)
    }

    /// As ``willing``, but sends the callers of `moved` elsewhere.
    private static func moving(_ moved: String, _ status: Int) -> TLSPlatform.Script {
        { request in
            request == moved ? .init(status: status, location: "/elsewhere") : willing(request)
        }
    }

    /// Runs `work` with a platform and the authority that is trusted; its file lives as long.
    static func withPlatform(
        _ shown: Shown = .right, newest: TLSVersion? = nil,
        script: @escaping TLSPlatform.Script = willing,
        _ work: (TLSPlatform, Authority) async throws -> Void
    ) async throws {
        await Places.kiosks.enter()
        defer { Task { await Places.kiosks.leave() } }
        let authority = try await Authority()
        let platform: TLSPlatform
        if shown == .ofOtherAuthority {
            let other = try await Authority()
            let certificate = try await certificate(shown, by: other)
            platform = try await TLSPlatform(certificate, newest: newest, script: script)
        } else {
            let certificate = try await certificate(shown, by: authority)
            platform = try await TLSPlatform(certificate, newest: newest, script: script)
        }
        try await work(platform, authority)
    }

    private static func certificate(
        _ shown: Shown, by authority: Authority
    ) async throws -> Authority.Certificate {
        let own = "IP:127.0.0.1,DNS:localhost"
        return switch shown {
        case .right, .ofOtherAuthority: try await authority.certificate(for: own)
        case .selfSigned: try await authority.selfSigned(for: own)
        case .expired: try await authority.certificate(for: own, days: -1)
        case .ofOtherHost: try await authority.certificate(for: "DNS:pass.example.com")
        }
    }

    /// A kiosk that trusts `file` alone. `isPatient` is for who waits for a certificate's answer:
    /// a busy machine must not make a timeout of it.
    static func kiosk(
        _ platform: TLSPlatform, host: String = "127.0.0.1", trusting file: String,
        isPatient: Bool = true, yaml: String = ""
    ) throws -> Kiosk {
        var environment = ["KIOSK_PLATFORM_CA_FILE": file]
        if isPatient {
            for bound in ["CONNECT_TIMEOUT", "REQUEST_TIMEOUT", "DECISION_DEADLINE"] {
                environment["KIOSK_PLATFORM_" + bound] = "20s"
            }
        }
        return try Kiosk(
            platform: "https://\(host):\(platform.port)",
            yaml: "sync: {retry_min: 100ms, retry_max: 1s}\n" + yaml, environment: environment)
    }

    @Test(
        "the right certificate of the site's own authority is trusted",
        arguments: ["127.0.0.1", "localhost"])
    func right(host: String) async throws {
        try await Self.withPlatform { platform, authority in
            let kiosk = try Self.kiosk(platform, host: host, trusting: authority.file)
            let (code, text) = try await kiosk.command("token", "--way", "terminal")
            #expect(code == 0, "\(text)")
            #expect(platform.requests == [Self.token])
        }
    }

    @Test(
        "a platform that speaks nothing newer than TLS 1.1 gets no request",
        arguments: [(TLSVersion.tlsv1, false), (.tlsv11, false), (.tlsv12, true)])
    func version(newest: TLSVersion, isServed: Bool) async throws {
        try await Self.withPlatform(newest: newest) { platform, authority in
            let kiosk = try Self.kiosk(platform, trusting: authority.file)
            let (code, text) = try await kiosk.command("token", "--way", "terminal")
            #expect(code == (isServed ? 0 : 69), "\(text)")
            #expect(platform.requests == (isServed ? [Self.token] : []))
        }
    }

    @Test("any other certificate gets no request, and one line says why", arguments: refusals)
    func refused(shown: Shown, host: String, why: String) async throws {
        try await Self.withPlatform(shown) { platform, authority in
            let kiosk = try Self.kiosk(platform, host: host, trusting: authority.file)
            let (code, text) = try await kiosk.command("token", "--way", "terminal")
            #expect(code == 69)
            #expect(
                text == "error: the platform cannot be reached — \(why) — "
                    + "check the network and platform.base_url")
            #expect(platform.requests == [])
        }
    }

    @Test("with any other certificate it is known that nothing was sent", arguments: refusals)
    func nothingSent(shown: Shown, host: String, why: String) async throws {
        try await Self.withPlatform(shown) { platform, authority in
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.trustRoots = .file(authority.file)
            var configuration = HTTPClient.Configuration()
            configuration.tlsConfiguration = tls
            configuration.connectionPool.retryConnectionEstablishment = false
            let client = HTTPClient(
                eventLoopGroupProvider: .singleton, configuration: configuration)
            let request = WireRequest(
                .post, "https://\(host):\(platform.port)/sovellpay/v2/trade", body: [1, 2, 3])
            var failure: WireFailure?
            do throws(WireFailure) {
                _ = try await HTTPWire(client: client).send(request, timeout: .seconds(20))
            } catch {
                failure = error
            }
            try await client.shutdown()
            guard case .notSent(let trouble)? = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(trouble.description == why)
            #expect(platform.requests == [])
        }
    }

    @Test("a file without an authority is named, whether it is missing or something else")
    func noAuthority() async throws {
        try await Self.withPlatform { platform, authority in
            let empty = authority.file + ".empty"
            try "no certificate\n".write(toFile: empty, atomically: true, encoding: .utf8)
            for (bad, host) in [(authority.file + ".gone", "127.0.0.1"), (empty, "localhost")] {
                let kiosk = try Self.kiosk(platform, host: host, trusting: bad)
                let (code, text) = try await kiosk.command("token", "--way", "terminal")
                #expect(code == 69)
                #expect(
                    text.contains(" — platform.ca_file is no file of PEM certificates — "),
                    "\(text)")
            }
            #expect(platform.requests == [])
        }
    }

    @Test("a token call that is sent elsewhere stays", arguments: [301, 302, 303, 307, 308])
    func redirectedToken(status: Int) async throws {
        try await Self.withPlatform(script: Self.moving(Self.token, status)) {
            platform, authority in
            let kiosk = try Self.kiosk(platform, trusting: authority.file)
            let (code, text) = try await kiosk.command("token", "--way", "terminal")
            #expect(code == 78)
            #expect(
                text == "error: the platform sends us elsewhere — it answered \(status), "
                    + "which is not followed — set platform.base_url to where it really is")
            #expect(platform.requests == [Self.token])
        }
    }

    @Test("a payment is charged over TLS")
    func charged() async throws {
        try await Self.withPlatform { platform, authority in
            let kiosk = try Self.kiosk(platform, trusting: authority.file)
            let agent = try await kiosk.start()
            let seq = try await kiosk.request(1_250)
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.outcome(seq).state == "settled", "\(agent.output)")
            #expect(platform.requests.contains(Self.trade))
        }
    }

    @Test("a trade call that is sent elsewhere stays, and charges nobody", arguments: [302, 307])
    func redirectedTrade(status: Int) async throws {
        try await Self.withPlatform(script: Self.moving(Self.trade, status)) {
            platform, authority in
            let kiosk = try Self.kiosk(platform, trusting: authority.file, isPatient: false)
            let agent = try await kiosk.start()
            let seq = try await kiosk.request(1_250)
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.outcome(seq).state == "accepted", "\(agent.output)")
            #expect(platform.requests.contains(Self.trade))
            #expect(!platform.requests.contains { $0.hasSuffix("/elsewhere") })
        }
    }

    @Test("a redirect of the trade calls names the host that it leads to, and no more of it")
    func redirectedTradeHost() async throws {
        let script: TLSPlatform.Script = { request in
            request.contains("/sovellpay/v2/trade")
                ? .init(status: 302, location: "https://portal.example:8443/login?secret=hidden")
                : Self.willing(request)
        }
        try await Self.withPlatform(script: script) { platform, authority in
            let kiosk = try Self.kiosk(platform, trusting: authority.file, isPatient: false)
            let agent = try await kiosk.start()
            let seq = try await kiosk.request(1_250)
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.outcome(seq).state == "accepted", "\(agent.output)")
            let status = try await kiosk.call("GET", "/v1/status").json["platform"]
            let problem = (status as? [String: Any])?["problem"] as? String
            #expect(
                problem
                    == "the platform sends us elsewhere — it redirects to "
                    + "https://portal.example:8443, which is not followed — "
                    + "set platform.base_url to where it really is")
            #expect(!agent.output.contains { $0.contains("hidden") })
        }
    }

    @Test("a platform with a wrong certificate is an absent one", arguments: [Shown.expired])
    func absent(shown: Shown) async throws {
        try await Self.withPlatform(shown) { platform, authority in
            let kiosk = try Self.kiosk(platform, trusting: authority.file, isPatient: false)
            let agent = try await kiosk.start()
            let seq = try await kiosk.request(1_250)
            try await kiosk.tap(Cards.normal)
            let outcome = try await kiosk.outcome(seq)
            #expect(outcome == ("accepted", "platform_unreachable"), "\(agent.output)")
            #expect(platform.requests == [])
        }
    }
}
