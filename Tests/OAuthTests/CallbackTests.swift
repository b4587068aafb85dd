import Foundation
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
            // A Kelvin sign is a small k to people, and another host.
            ("https://\u{212A}iosk.example/cb?code=c&state=s1", .otherPath),
            // An accent behind a separator hides it from nobody.
            (
                "https://kiosk.example/cb?state=\u{301}=s2&state=s1&code=c",
                .badCallback("it has two values of state")
            ),
            (
                "https://kiosk.example/cb?state=s1#\u{301}&error=no",
                .refused("no")
            ),
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

    /// Addresses that are taken; the damaged ones are made of them.
    private static let taken = [
        "https://kiosk.example/cb?code=c1&state=s1",
        "https://kiosk.example/cb?state=s1&x=&code=a%2Bb+c#top",
        "HTTPS://KIOSK.example:443/cb?code=%E7%A0%81&state=%731",
        "https://kiosk.example/cb#state=s1&access_token=t&access_expires_in=7200",
    ]

    private static let realShark = RealSharkOAuth(
        baseURL: "https://r", appKey: "id", appSecret: Secret("s"), redirectURI: home,
        makeState: { "s2" })

    @Test("the addresses that are damaged below are taken as they are", arguments: taken)
    func whole(url: String) throws {
        #expect(throws: Never.self) { try Self.realShark.callback(url, state: "s1") }
        #expect(Self.isHome(url) && Self.values(of: "state", in: url) == ["s1"])
    }

    @Test(
        "a damaged address is taken with our host, our path and our state alone",
        arguments: UInt64(0)..<200)
    func damaged(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var count = 0
        for _ in 0..<200 {
            let whole = Self.taken.randomElement(using: &random) ?? ""
            let url = Self.damaged(whole, &random)
            guard let callback = try? Self.realShark.callback(url, state: "s1") else { continue }
            count += 1
            #expect(Self.isHome(url), "\(url)")
            #expect(Self.values(of: "state", in: url) == ["s1"], "\(url)")
            guard case .code(let code) = callback else { continue }
            #expect(Self.values(of: "code", in: url) == [code.exposed], "\(url)")
        }
        // Some damage does no harm: without any of that the rules above would say nothing.
        #expect(count > 0)
    }

    private static let words = [
        "@", "evil.example", "/", "//", "..", "%2e", "%2F", "\\", "?", "#", "&", "=", ":443",
        ":8443", "state=s2", "&state=s1", "error=x", "code=", "%", "%4", "%00", "%FF", "+", "\0",
        " ", "\u{301}", "\u{212A}", "ſ", "餐", "CB", "S1",
    ]

    /// `text` after one to three mishaps.
    private static func damaged(_ text: String, _ random: inout SeededGenerator) -> String {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let start = Int.random(in: 0...bytes.count, using: &random)
            let end = min(bytes.count, start + Int.random(in: 0...6, using: &random))
            let word = Array((words.randomElement(using: &random) ?? "").utf8)
            switch Int.random(in: 0..<5, using: &random) {
            case 0 where start < bytes.count:
                bytes[start] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes.removeSubrange(start..<end)
            case 2: bytes.insert(contentsOf: Array(bytes[start..<end]), at: start)
            case 3: bytes.insert(contentsOf: word, at: start)
            default: bytes.replaceSubrange(start..<end, with: word)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether scheme, host, port and path are ours, told in another way than by the code that is
    /// tested.
    private static func isHome(_ url: String) -> Bool {
        let place = Array(url.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") })
        let host = place.dropLast(3).map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
        let hosts = ["https://kiosk.example", "https://kiosk.example:443"].map { Array($0.utf8) }
        return hosts.contains(host) && place.suffix(3) == Array("/cb".utf8)[...]
    }

    /// What `name` is in query and fragment together, by Foundation's decoding.
    private static func values(of name: String, in url: String) -> [String?] {
        let parts = url.utf8.split(
            separator: UInt8(ascii: "#"), maxSplits: 1, omittingEmptySubsequences: false)
        let query = parts[0].drop { $0 != UInt8(ascii: "?") }.dropFirst()
        let pairs = ([query] + parts.dropFirst()).flatMap { $0.split(separator: UInt8(ascii: "&")) }
        return pairs.compactMap { pair -> String?? in
            let halves = pair.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard decoded(halves[0]) == name else { return nil }
            return .some(halves.count > 1 ? decoded(halves[1]) : "")
        }
    }

    private static func decoded(_ part: Substring.UTF8View) -> String? {
        let bytes = part.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
        return String(decoding: bytes, as: UTF8.self).removingPercentEncoding
    }
}
