import Foundation
import Sandbox
import Testing

/// `kiosk-agent token` as an installer uses it, before the kiosk opens.
@Suite("the command that gets tokens") struct TokenCommandTests {
    private static let members: Set<String> = [
        "access_token", "card", "expires_at", "refresh_expires_at", "refresh_token", "roles",
        "scope", "st", "subject",
    ]

    private static let others = """
        other_platforms:
          chainup: {base_url: "https://c", app_id: a, platform_public_key: AAAA, private_key: AAAA}
          tf56: {client_id: a, client_secret: hidden, redirect_uri: "https://k/cb"}
          realshark: {app_key: a, app_secret: hidden, redirect_uri: "https://k/cb"}
        """

    private static func kiosk(_ url: String = "http://127.0.0.1:1") throws -> Kiosk {
        try Kiosk(platform: url, yaml: others)
    }

    @Test("the terminal's own token, masked unless asked for")
    func terminal() async throws {
        try await withSandbox { _, url in
            let kiosk = try Self.kiosk(url)
            let (code, text) = try await kiosk.command("token", "--way", "terminal")
            #expect(code == 0, "\(text)")
            #expect(text.contains(/^access token +\*\*\*\*\n/), "\(text)")
            let shown = try await kiosk.command("token", "--way", "terminal", "--show").text
            #expect(shown.contains(/^access token +[^*\s]{8,}\n/), "\(shown)")
        }
    }

    @Test(
        "the same members for every program, the card masked",
        arguments: [Cards.normal, Cards.lost])
    func json(card: String) async throws {
        try await withSandbox { _, url in
            let (code, text) = try await Self.kiosk(url).command(
                "token", "--way", "card", "--card", card, "--json")
            #expect(code == 0, "\(text)")
            let json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
            let found = try #require(json)
            #expect(Set(found.keys) == Self.members)
            #expect(found["access_token"] as? String == "****")
            #expect((found["st"] as? String == "lost") == (card == Cards.lost))
            #expect(!text.contains("\"\(card)\""))
        }
    }

    @Test("a card that nobody knows is a no")
    func unknownCard() async throws {
        try await withSandbox { _, url in
            let (code, text) = try await Self.kiosk(url).command(
                "token", "--way", "card", "--card", "NOSUCHCARD")
            #expect(code == 1, "\(text)")
            #expect(text.hasPrefix("error: the platform does not know it — "))
        }
    }

    @Test("a wrong secret is named")
    func wrongSecret() async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(
                platform: url, environment: ["KIOSK_PLATFORM_CLIENT_SECRET": "wrong"])
            let (code, text) = try await kiosk.command("token", "--way", "terminal")
            #expect(code == 78, "\(text)")
            #expect(text.hasPrefix("error: the platform refuses this terminal — "))
            #expect(text.contains("check platform.client_id and the credential client_secret"))
        }
    }

    @Test(
        "what cannot work says why, in one line",
        arguments: [
            (["--way", "terminal"], Int32(69), "the platform cannot be reached — "),
            (
                ["--way", "terminal", "--platform", "realshark"], 64,
                "RealShark gives no token this way — "
            ),
            (
                ["--way", "code", "--code", "c", "--platform", "chainup"], 78,
                "the key cannot be read — other_platforms.chainup.platform_public_key"
            ),
            (["--way", "refresh"], 65, "the refresh token is missing — "),
            (["inspect", "--about", "accounts", "--platform", "tf56"], 64, "the command line"),
            (["--way", "qr", "--keep"], 64, "the command line is not understood — --keep has"),
            (
                ["parse-callback", "https://k/x?code=c&state=s", "--state", "s"], 78,
                "the platform cannot be asked — the option --redirect-uri is missing"
            ),
            (["--way", "refresh", "--kept"], 78, "no token can be kept — there is no data_key"),
            (["--way", "card"], 64, "the command line is not understood — --way card needs"),
            (["--way", "card", "--card", "b@d"], 64, "the command line is not understood — "),
            (["--way", "magic"], 64, "the command line is not understood — "),
            (["--way", "terminal", "--platform", "x"], 64, "the command line is not understood"),
        ])
    func failures(arguments: [String], code: Int32, text: String) async throws {
        let (end, said) = try await Self.kiosk().command(["token"] + arguments)
        #expect(end == code, "\(said)")
        #expect(said.hasPrefix("error: " + text), "\(said)")
        #expect(!said.contains("\n") && !said.contains("hidden"))
    }

    @Test(
        "ChainUp's private key has one name, whether it is missing or no key",
        arguments: [
            (
                "",
                "the platform cannot be asked — other_platforms.chainup.private_key is missing — "
            ),
            (
                ", private_key: AAAA",
                "the key cannot be read — other_platforms.chainup.private_key is no RSA key of "
            ),
        ])
    func privateKey(given: String, text: String) async throws {
        let keys = try ChainUpKeys.made()
        let kiosk = try Kiosk(
            platform: "http://127.0.0.1:1",
            yaml: """
                other_platforms:
                  chainup: {base_url: "https://c", app_id: a,
                    platform_public_key: "\(keys.platformPublicKey)"\(given)}
                """)
        let (code, said) = try await kiosk.command(
            "token", "--way", "code", "--code", "c", "--platform", "chainup")
        #expect(code == 78)
        #expect(said.hasPrefix("error: " + text), "\(said)")
    }

    @Test("the address to log in at, for each platform that has what it needs")
    func authorizeURL() async throws {
        let kiosk = try Self.kiosk()
        let tf56 = try await kiosk.command(
            "token", "authorize-url", "--platform", "tf56", "--state", "s1")
        #expect(tf56.code == 0)
        #expect(
            tf56.text == "https://open.tf56.com/openGateway/oauth/?response_type=code&client_id=a"
                + "&redirect_uri=https%3A%2F%2Fk%2Fcb&state=s1")
        let realshark = try await kiosk.command(
            "token", "authorize-url", "--platform", "realshark", "--state", "s1",
            "--response-type", "token")
        #expect(realshark.text.contains("/authorize?response_type=token&app_key=a&"))
        let sovell = try await kiosk.command("token", "authorize-url", "--state", "s1")
        #expect(sovell.text.hasPrefix("http://127.0.0.1:1/oauth/v2/authorize?response_type=code"))
    }

    @Test(
        "a callback is read, its state and its address checked",
        arguments: [
            ("https://k/cb?code=c-1&state=s1", Int32(0), "c-1"),
            ("https://k/cb?code=c-1&state=s2", 1, "error: the callback is not the answer to"),
            ("https://k/other?code=c-1&state=s1", 1, "error: the callback is not ours — "),
            ("https://k/cb?state=s1", 65, "error: the callback cannot be used — "),
            ("https://k/cb?state=s1#access_token=t-1", 0, "access token  ****"),
        ])
    func callback(url: String, code: Int32, text: String) async throws {
        let (end, said) = try await Self.kiosk().command(
            "token", "parse-callback", url, "--platform", "realshark", "--state", "s1")
        #expect(end == code, "\(said)")
        #expect(said.hasPrefix(text), "\(said)")
    }
}
