import Foundation
import Sandbox
import Testing

/// ChainUp, tf56 and RealShark as the built sandbox plays them, asked by the built agent.
@Suite("the other platforms that give tokens") struct OtherPlatformTests {
    private static let state = "s-1"
    private static let returnAddress = "http://127.0.0.1:7719/callback"
    /// Of a holder in the sandbox's demonstration.
    private static let phone = "13800000001"

    /// A running sandbox, and a kiosk with the settings that it tells.
    private struct Site: Sendable {
        var port: Int
        var address: String
        var kiosk: Kiosk
    }

    private static func withSite(
        environment: [String: String] = [:], _ work: (Site) async throws -> Void
    ) async throws {
        await Places.kiosks.enter()
        defer { Task { await Places.kiosks.leave() } }
        let sandbox = try Program(
            Program.products.appending(path: "kiosk-sandbox"),
            ["serve", "--listen", "127.0.0.1:0"])
        defer { sandbox.signal(SIGKILL) }
        await sandbox.wait { lines in lines.contains { $0.hasPrefix("End with") } }
        let output = sandbox.output.joined(separator: "\n")
        let match = output.firstMatch(of: /base_url: (http:\/\/127\.0\.0\.1:(\d+))/)
        let found = try #require(match, "\(output)")
        let (address, port) = (String(found.1), Int(found.2) ?? 0)
        let told = try await rawRequest(
            port, "GET", "/admin/platforms", headers: ["Host: 127.0.0.1:\(port)"])
        let kiosk = try Kiosk(
            platform: address, yaml: "other_platforms: " + told.body, environment: environment)
        try await work(Site(port: port, address: address, kiosk: kiosk))
    }

    /// What each call about a login is told.
    private static func options(_ platform: String) -> [String] {
        ["--platform", platform, "--state", state, "--redirect-uri", returnAddress]
    }

    /// Logs in as the holder of a card, and gives the address that the browser is sent back to.
    private static func login(
        _ site: Site, _ platform: String, _ more: [String] = []
    ) async throws -> String {
        let (code, address) = try await site.kiosk.command(
            ["token", "authorize-url"] + options(platform) + more)
        #expect(code == 0 && address.hasPrefix("\(site.address)/\(platform)/"), "\(address)")
        let page = String(address.dropFirst(site.address.count))
        let answer = try await rawRequest(
            site.port, "GET", page + "&login=" + Cards.normal, headers: ["Host: 127.0.0.1"])
        #expect(answer.status == 302, "\(answer.text)")
        return try #require(answer.header("location"), "\(answer.text)")
    }

    private static func members(_ text: String) throws -> [String: String] {
        let json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        return try #require(json, "\(text)").compactMapValues { $0 as? String }
    }

    @Test(
        "a browser's code is redeemed once, and its token refreshed",
        arguments: [
            ("chainup", [:]), ("chainup", ["KIOSK_OTHER_PLATFORMS_CHAINUP_TIME_FORMAT": "text"]),
            ("tf56", [:]), ("realshark", [:]),
            ("realshark", ["KIOSK_OTHER_PLATFORMS_REALSHARK_TOKEN_METHOD": "get"]),
        ] as [(String, [String: String])])
    func code(platform: String, environment: [String: String]) async throws {
        try await Self.withSite(environment: environment) { site in
            let callback = try await Self.login(site, platform)
            let parsed = try await site.kiosk.command(
                ["token", "parse-callback", callback] + Self.options(platform))
            #expect(parsed.code == 0, "\(parsed.text)")
            let redeem =
                ["token", "--way", "code", "--code", parsed.text, "--show", "--json"]
                + Self.options(platform)
            let given = try await site.kiosk.command(redeem)
            #expect(given.code == 0, "\(given.text)")
            let token = try Self.members(given.text)
            #expect(try await site.kiosk.command(redeem).code == 1)
            let renewed = try await Self.refreshed(token, site, platform)
            let access = try #require(renewed["access_token"])
            #expect(access != token["access_token"])
        }
    }

    /// A new token for `token`. ChainUp wants the old one and its holder, too.
    private static func refreshed(
        _ token: [String: String], _ site: Site, _ platform: String
    ) async throws -> [String: String] {
        var command = ["token", "--way", "refresh", "--platform", platform, "--show", "--json"]
        var lines = [try #require(token["refresh_token"])]
        if platform == "chainup" {
            let holder = try #require(token["subject"])
            command += ["--open-id", holder]
            lines.append(try #require(token["access_token"]))
        }
        let (code, text) = try await site.kiosk.command(command, typing: lines)
        #expect(code == 0, "\(text)")
        return try members(text)
    }

    @Test(
        "a callback with another state is no answer to this login", arguments: ["tf56", "chainup"])
    func otherState(platform: String) async throws {
        try await Self.withSite { site in
            let callback = try await Self.login(site, platform)
            let (code, text) = try await site.kiosk.command(
                "token", "parse-callback", callback, "--platform", platform, "--state", "s-2",
                "--redirect-uri", Self.returnAddress)
            #expect(code == 1)
            #expect(text.hasPrefix("error: the callback is not the answer to this login — "))
        }
    }

    @Test("RealShark brings a token in the fragment, masked unless asked for")
    func fragment() async throws {
        try await Self.withSite { site in
            let callback = try await Self.login(
                site, "realshark", ["--response-type", "token"])
            let parse = ["token", "parse-callback", callback] + Self.options("realshark")
            let masked = try await site.kiosk.command(parse)
            #expect(masked.code == 0 && masked.text.contains(/^access token +\*\*\*\*\n/))
            let shown = try await site.kiosk.command(parse + ["--show", "--json"])
            let access = try #require(try Self.members(shown.text)["access_token"])
            #expect(callback.contains("access_token=\(access)"))
        }
    }

    @Test("tf56 gives tokens to the terminal, and for a password")
    func tf56() async throws {
        try await Self.withSite { site in
            let tf56 = ["--platform", "tf56"]
            let own = try await site.kiosk.command(["token", "--way", "terminal"] + tf56)
            #expect(own.code == 0, "\(own.text)")
            let login = ["token", "--way", "password", "--username", Self.phone] + tf56
            let right = try await site.kiosk.command(
                login, typing: [SandboxServer.testPassword])
            #expect(right.code == 0, "\(right.text)")
            let wrong = try await site.kiosk.command(login, typing: ["hidden"])
            #expect(wrong.code == 1 && !wrong.text.contains("hidden"), "\(wrong.text)")
        }
    }
}
