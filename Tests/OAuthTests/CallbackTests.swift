import OAuth
import TerminalTesting
import Testing

@Suite("What a browser brings back")
struct CallbackTests {
    private static let home = "https://kiosk.example/cb"

    private static func tf56(_ redirect: String? = home) -> TF56OAuth {
        TF56OAuth(
            baseURL: "https://tf", clientID: "id", clientSecret: Secret("s"),
            redirectURI: redirect)
    }

    @Test(
        "a code with the right state is taken",
        arguments: [
            ("https://kiosk.example/cb?code=c1&state=s1", "c1"),
            ("https://kiosk.example/cb?state=s1&code=a%2Bb+c", "a+b c"),
            ("https://kiosk.example/cb?x=&state=s1&code=%E7%A0%81", "码"),
            ("HTTPS://KIOSK.example:443/cb?code=c&state=%731#top", "c"),
        ])
    func code(url: String, code: String) throws {
        #expect(try Self.tf56().callback(url, state: "s1") == .code(Secret(code)))
    }

    @Test(
        "another one is refused",
        arguments: [
            ("https://kiosk.example/cb?code=c&state=s2", TokenError.stateDiffers),
            ("https://kiosk.example/cb?code=c&state=S1", .stateDiffers),
            ("https://kiosk.example/cb?code=c&state=", .stateDiffers),
            ("https://kiosk.example/cb?code=c", .stateDiffers),
            ("https://kiosk.example/cb?error=access_denied", .stateDiffers),
            ("https://kiosk.example/cb?error=access_denied&state=s1", .refused("access_denied")),
            ("https://kiosk.example/other?code=c&state=s1", .otherPath),
            ("https://kiosk.example/cb/?code=c&state=s1", .otherPath),
            ("https://kiosk.example/CB?code=c&state=s1", .otherPath),
            ("https://kiosk.example.evil/cb?code=c&state=s1", .otherPath),
            ("http://kiosk.example/cb?code=c&state=s1", .otherPath),
            ("https://kiosk.example:8443/cb?code=c&state=s1", .otherPath),
            ("/cb?code=c&state=s1", .badCallback("it is no whole address")),
            ("", .badCallback("it is no whole address")),
            (
                "https://kiosk.example/cb?code=&state=s1",
                .badCallback("it has neither a code nor a token")
            ),
            (
                "https://kiosk.example/cb?state=s1&state=s1&code=c",
                .badCallback("it has two values of state")
            ),
            (
                "https://kiosk.example/cb?code=c&state=s1#state=s2",
                .badCallback("it has two values of state")
            ),
            (
                "https://kiosk.example/cb?code=%2&state=s1",
                .badCallback("it has an escape that is none")
            ),
            ("https://kiosk.example/cb?code=%FF&state=s1", .badCallback("it is not UTF-8")),
            (
                "https://kiosk.example/cb?state=s1#access_token=t",
                .unsupported("a token in the callback")
            ),
        ])
    func refused(url: String, error: TokenError) {
        #expect(throws: error) { try Self.tf56().callback(url, state: "s1") }
    }

    @Test("an empty state proves nothing")
    func emptyState() {
        #expect(throws: TokenError.stateDiffers) {
            try Self.tf56().callback(Self.home + "?code=c&state=", state: "")
        }
    }

    @Test("where no address is known none will do")
    func anywhere() throws {
        let url = "https://elsewhere/x?code=c&state=s1"
        #expect(throws: TokenError.missing("the option --redirect-uri")) {
            try Self.tf56(nil).callback(url, state: "s1")
        }
    }

    @Test("foreign bytes never crash it", arguments: UInt64(0)..<200)
    func anything(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "https://", "kiosk.example", "/cb", "?", "#", "&", "=", "code", "state", "%", "%4",
            "%FF", "+", "s1", ":", "access_token", "餐", "\0",
        ]
        for _ in 0..<100 {
            let url = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }.joined()
            if case .code = try? Self.tf56().callback(url, state: "s1") {
                #expect(url.lowercased().contains("kiosk.example/cb") && url.contains("s1"))
            }
        }
    }
}
