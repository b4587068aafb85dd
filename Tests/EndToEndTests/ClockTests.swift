import Foundation
import Sandbox
import Testing

/// What `kiosk-agent token` says when its clock and the platform's differ.
@Suite("a clock that is off") struct ClockTests {
    /// What a platform answers with a clock so many seconds ahead of ours, and what is said then.
    struct Case: Sendable, CustomTestStringConvertible {
        var platform = "sovell"
        var status = 200
        var body: String
        var ahead: Double
        var code: Int32
        /// How the warnings and errors begin, in their order.
        var said: [String]

        var testDescription: String { "\(platform), \(ahead) s, \(body)" }
    }

    private static let warning = "warning: the clock is off — it is "
    private static let unknownClient = #"{"error":"invalid_client"}"#
    private static let wrongTime = #"{"code":"10002","msg":"time is off"}"#
    private static let unknownCode = #"{"code":"10006","msg":"code is used"}"#

    private static let cases = [
        Case(body: #"{"access_token":"t-1"}"#, ahead: 3_600, code: 0, said: [warning]),
        Case(body: #"{"access_token":"t-1"}"#, ahead: -3_600, code: 0, said: [warning]),
        Case(body: #"{"access_token":"t-1"}"#, ahead: 60, code: 0, said: []),
        Case(
            status: 401, body: unknownClient, ahead: 3_600, code: 78,
            said: [warning, "error: the platform refuses this terminal — "]),
        Case(
            status: 401, body: unknownClient, ahead: 0, code: 78,
            said: ["error: the platform refuses this terminal — "]),
        Case(
            platform: "chainup", body: wrongTime, ahead: -600, code: 78,
            said: ["error: the clock is off — it is "]),
        Case(
            platform: "chainup", body: wrongTime, ahead: 0, code: 78,
            said: ["error: the platform refuses the time of the request — it says 10002 time "]),
        Case(
            platform: "chainup", body: unknownCode, ahead: -600, code: 1,
            said: [warning, "error: the platform refuses the request — it says 10006 code is "]),
    ]

    /// The moment as HTTP writes it.
    private static func date(in seconds: Double) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "GMT")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.string(from: Date(timeIntervalSinceNow: seconds))
    }

    private static func chainUp(port: Int) throws -> String {
        let keys = try ChainUpKeys.made()
        let own = try #require(keys.clientPrivateKey)
        return """
            other_platforms:
              chainup: {base_url: "https://127.0.0.1:\(port)", app_id: a,
                platform_public_key: "\(keys.platformPublicKey)", private_key: "\(own)"}
            """
    }

    @Test(
        "is told besides the platform's own words, and instead of a refusal for the time alone",
        arguments: cases)
    func told(example: Case) async throws {
        try await TLSTests.withPlatform(
            script: { _ in
                .init(
                    status: example.status, date: Self.date(in: example.ahead),
                    body: example.body)
            },
            { platform, authority in
                let isChainUp = example.platform == "chainup"
                let kiosk = try TLSTests.kiosk(
                    platform, trusting: authority.file,
                    yaml: isChainUp ? Self.chainUp(port: platform.port) : "")
                let way = isChainUp ? ["--way", "code", "--code", "c"] : ["--way", "terminal"]
                let (code, text) = try await kiosk.command(
                    ["token", "--platform", example.platform] + way)
                #expect(code == example.code, "\(text)")
                let lines = text.split(separator: "\n")
                let said = lines.filter { $0.hasPrefix("warning: ") || $0.hasPrefix("error: ") }
                #expect(said.count == example.said.count, "\(text)")
                #expect(zip(said, example.said).allSatisfy { $0.hasPrefix($1) }, "\(text)")
            })
    }

    @Test("says which of the two is ahead, and what to do")
    func sides() async throws {
        for (ahead, side) in [(3_600.0, "behind"), (-3_600.0, "ahead of")] {
            try await TLSTests.withPlatform(
                script: { _ in
                    .init(date: Self.date(in: ahead), body: #"{"access_token":"t-1"}"#)
                },
                { platform, authority in
                    let kiosk = try TLSTests.kiosk(platform, trusting: authority.file)
                    let (_, text) = try await kiosk.command("token", "--way", "terminal")
                    let end = " \(side) the platform's — timedatectl set-ntp true"
                    #expect(text.split(separator: "\n").first?.hasSuffix(end) == true, "\(text)")
                })
        }
    }
}
