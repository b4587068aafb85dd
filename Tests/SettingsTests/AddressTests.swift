import TerminalCore
import Testing

@testable import Settings

@Suite("Addresses")
struct AddressTests {
    @Test(
        "a base address is taken apart and written in one way",
        arguments: [
            ("https://Pass.Sovell.com/", "https://pass.sovell.com", "pass.sovell.com"),
            ("https://pay.example:443/v2/", "https://pay.example/v2", "pay.example"),
            ("https://pay.example:8443", "https://pay.example:8443", "pay.example:8443"),
            ("HTTP://127.0.0.1:80", "http://127.0.0.1", "127.0.0.1"),
            ("http://[::1]:7718", "http://[::1]:7718", "[::1]:7718"),
        ])
    func accepted(_ text: String, _ written: String, _ identity: String) throws {
        let address = try WebAddress(text)
        #expect(address.text == written)
        #expect(address.identity == identity)
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", "pass.sovell.com", "ftp://pass.sovell.com", "https://", "https:///path",
            "https://host:0", "https://host:99999", "https://host:", "https://host?a=b",
            "https://host/#top", "https://user:word@host", "https://ho st", "https://a..b",
            "https://[::1", "https://[fish]", "https://支付.example", "https://host/a b",
        ])
    func refused(_ text: String) {
        #expect(throws: Flaw.self) { try WebAddress(text) }
    }

    @Test(
        "loopback is what no name server decides",
        arguments: [
            ("127.0.0.1", true), ("127.255.0.9", true), ("localhost", true), ("LOCALHOST", true),
            ("127.0.0.1.example", false), ("127.1", false), ("128.0.0.1", false),
            ("127.0.0.256", false), ("localhost.example", false), ("0.0.0.0", false),
        ])
    func loopback(_ host: String, _ expected: Bool) throws {
        #expect(try NetworkHost(name: host[...]).isLoopback == expected)
    }

    @Test(
        "so it is for IPv6",
        arguments: [("::1", true), ("0:0:0:0:0:0:0:1", true), ("::", false), ("fe80::1", false)])
    func loopbackIPv6(_ host: String, _ expected: Bool) throws {
        #expect(try NetworkHost(address: host[...]).isLoopback == expected)
    }

    @Test("a password in an address is never repeated")
    func password() {
        let text = Sample.minimal.replacing("127.0.0.1", with: "me:hunter2@127.0.0.1")
        let description = Sample.description(text)
        #expect(description.contains("holds a user name or a password"))
        #expect(!description.contains("hunter2"))
    }

    @Test("plain http to another machine needs permission")
    func plaintext() throws {
        let url = "http://10.0.0.5:8080"
        let environment = ["KIOSK_OTHER_PLATFORMS_TF56_BASE_URL": url]
        let problems = Sample.problems(environment: environment)
        #expect(problems.map(\.key) == ["other_platforms.tf56.base_url"])
        #expect(problems.first?.what.en == "is plain http to another machine")
        let loaded = try Sample.load(
            environment: environment.merging(["KIOSK_PLATFORM_ALLOW_PLAINTEXT": "true"]) { $1 })
        #expect(loaded.settings.otherPlatforms.tf56.baseURL == url)
        #expect(loaded.warnings.contains { $0.en.contains("allow_plaintext") })
    }

    @Test(
        "the local interface listens on this machine only",
        arguments: ["0.0.0.0:7717", "10.0.0.1:7717", "127.0.0.1", ":7717", "\"[::]:7717\"", "7717"])
    func listen(_ text: String) {
        #expect(Sample.problems(adding: "api.listen: \(text)\n").map(\.key) == ["api.listen"])
    }

    @Test("its address is taken apart")
    func listenIPv6() throws {
        let api = try Sample.load("api.listen", "\"[::1]:80\"").api
        #expect(api.host == "::1")
        #expect(api.port == 80)
    }

    @Test("an origin is written as browsers send it, and has no path")
    func origins() throws {
        let api = try Sample.load("api.allowed_origins", "[\"https://POS.example:443\"]").api
        #expect(api.allowedOrigins == ["https://pos.example"])
        let problems = Sample.problems(adding: "api.allowed_origins: [\"https://a/b\"]\n")
        #expect(problems.map(\.key) == ["api.allowed_origins[1]"])
    }

    @Test("the path of the socket fits into a socket's address")
    func socket() {
        let path = "/" + String(repeating: "s", count: 107)
        let problems = Sample.problems(adding: "api.socket: \(path)\n")
        #expect(problems.map(\.what.en) == ["is too long"])
    }
}
