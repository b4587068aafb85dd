import Foundation
import Testing

/// What an installer reads of a `platform.base_url` where no platform is. Certificates are in
/// ``TLSTests``.
@Suite("an address where no platform is") struct UnreachableTests {
    /// Patient, as a busy machine must not make a timeout of an answer; but a resolver without a
    /// network is given up soon.
    private static let environment = [
        "KIOSK_PLATFORM_CONNECT_TIMEOUT": "20s", "KIOSK_PLATFORM_REQUEST_TIMEOUT": "20s",
        "KIOSK_PLATFORM_DECISION_DEADLINE": "20s", "RES_OPTIONS": "timeout:1 attempts:1",
    ]

    private static func said(by kiosk: Kiosk) async throws -> String {
        let (code, text) = try await kiosk.command("token", "--way", "terminal")
        #expect(code == 69, "\(text)")
        return text
    }

    /// The one line, with what to do at its end.
    private static func line(_ why: String) -> String {
        "error: the platform cannot be reached — \(why) — check the network and platform.base_url"
    }

    /// Nobody listens on port 1 (tcpmux).
    @Test(
        "a closed port refuses",
        arguments: ["http://127.0.0.1:1", "https://127.0.0.1:1"])
    func closed(address: String) async throws {
        let kiosk = try Kiosk(platform: address, environment: Self.environment)
        #expect(try await Self.said(by: kiosk) == Self.line("connection refused"))
    }

    @Test("a port that speaks no TLS is named so", arguments: ["127.0.0.1", "localhost"])
    func plain(host: String) async throws {
        let server = try await PlainServer()
        let kiosk = try Kiosk(
            platform: "https://\(host):\(server.port)", environment: Self.environment)
        let text = try await Self.said(by: kiosk)
        #expect(text == Self.line("it does not speak TLS at this port"))
    }

    /// No name ends so (RFC 6761, 6.4).
    @Test("a name that nobody has is named")
    func unknownHost() async throws {
        let credentials = FileManager.default.temporaryDirectory
            .appending(path: "credentials-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: credentials, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: credentials) }
        try "hidden".write(
            to: credentials.appending(path: "client_secret"), atomically: true, encoding: .utf8)
        var environment = Self.environment
        environment["CREDENTIALS_DIRECTORY"] = credentials.path
        let kiosk = try Kiosk(platform: "http://127.0.0.1:1", environment: environment)
        // For another machine's platform no secret may stand in the file.
        let text =
            "terminal: {id: K001, language: en}\n"
            + "platform: {base_url: \"https://platform.invalid\", client_id: a}\n"
        try text.write(to: kiosk.configuration, atomically: true, encoding: .utf8)
        #expect(
            try await Self.said(by: kiosk) == Self.line("the name platform.invalid is not known"))
    }
}
