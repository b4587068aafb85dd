import Foundation
import Sandbox
import Testing

/// The ways of `kiosk-agent token` that need a phone, and the token that is kept between two runs.
@Suite("tokens by phone, and tokens that are kept") struct TokenWayTests {
    private static let phone = "13800000001"
    private static let holder = SandboxCard(
        number: Cards.normal, name: "normal", balance: Cards.balance, phone: phone)

    private static func members(_ text: String) throws -> [String: String] {
        let json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        return try #require(json, "\(text)").compactMapValues { $0 as? String }
    }

    /// Has a code sent; what is typed then is a part of the message's code, or all of it.
    @Test(
        "a code that was sent to a phone is asked for and redeemed",
        arguments: [(6, Int32(0)), (5, 1)])
    func sms(digits: Int, code: Int32) async throws {
        try await withSandbox { sandbox, url in
            await sandbox.setCard(Self.holder)
            let kiosk = try Kiosk(platform: url)
            let send = ["token", "--way", "sms", "--phone", Self.phone]
            try await kiosk.operate(send) { program, keyboard in
                await program.wait { $0.contains("the code was sent") }
                let message = try #require(await sandbox.messages().last, "\(program.output)")
                #expect(message.phone == Self.phone && message.title == "Canteen")
                try keyboard.write(contentsOf: Data("\(message.code.prefix(digits))\n".utf8))
                #expect(await program.end() == code, "\(program.output)")
                let isGiven = program.output.contains { $0.hasPrefix("access token ") }
                #expect(isGiven == (code == 0))
                #expect(!program.output.contains { $0.contains(message.code) })
            }
        }
    }

    @Test("a code that came by other means is redeemed, once", arguments: ["sms", "qr"])
    func shown(way: String) async throws {
        try await withSandbox { sandbox, url in
            let code = try await sandbox.showCode(of: Cards.normal).code
            let kiosk = try Kiosk(platform: url)
            for end in [Int32(0), 1] {
                let said = try await kiosk.command("token", "--way", way, "--code", code)
                #expect(said.code == end, "\(said.text)")
            }
        }
    }

    @Test("without anything typed there is no code")
    func nothingTyped() async throws {
        try await withSandbox { sandbox, url in
            await sandbox.setCard(Self.holder)
            let kiosk = try Kiosk(platform: url)
            let (code, text) = try await kiosk.command(
                "token", "--way", "sms", "--phone", Self.phone)
            #expect(code == 65)
            #expect(text.contains("error: the code is missing — standard input has no such line"))
        }
    }

    @Sendable private static func showsCode(_ lines: [String]) -> Bool {
        lines.contains { $0.hasPrefix("show this as a QR code: ") }
    }

    @Test("a code is shown until somebody has scanned it")
    func qr() async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(platform: url)
            try await kiosk.operate(["token", "--way", "qr"]) { program, _ in
                await program.wait(until: Self.showsCode)
                let session = try #require(await sandbox.sessions().first, "\(program.output)")
                #expect(program.output == ["show this as a QR code: \(session.code)"])
                try await sandbox.scanSession(session.name)
                #expect(await program.end() == 0, "\(program.output)")
                #expect(program.output.last == "it was used")
            }
        }
    }

    @Test("a program is told which session was used, and a person the code all the same")
    func qrForPrograms() async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(platform: url)
            try await kiosk.operate(["token", "--way", "qr", "--json"]) { program, _ in
                await program.wait(until: Self.showsCode)
                let session = try #require(await sandbox.sessions().first, "\(program.output)")
                try await sandbox.scanSession(session.name)
                #expect(await program.end() == 0, "\(program.output)")
                let told = try Self.members(program.output.last ?? "")
                #expect(told == ["session": session.name, "state": "used"])
            }
        }
    }

    @Test("a kept token is refreshed again and again, and lies encrypted beside the ledger")
    func kept() async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(
                platform: url, environment: ["KIOSK_LEDGER_DATA_KEY": "0123456789abcdef"])
            let refresh = ["token", "--way", "refresh", "--kept"]
            let nothing = try await kiosk.command(refresh)
            #expect(nothing.code == 1)
            #expect(nothing.text.hasPrefix("error: there is no kept token — "), "\(nothing.text)")

            let first = try await kiosk.command(
                "token", "--way", "card", "--card", Cards.normal, "--keep", "--show", "--json")
            #expect(first.code == 0, "\(first.text)")
            // Each refresh token is good once: the next run needs the one that this run got.
            var seen = [try Self.refreshToken(first.text)]
            for _ in 0..<3 {
                let next = try await kiosk.command(refresh + ["--show", "--json"])
                #expect(next.code == 0, "\(next.text)")
                seen.append(try Self.refreshToken(next.text))
            }
            #expect(Set(seen).count == 4)
            let files = try Self.files(of: kiosk)
            #expect(files.count == 1)
            let isOpen = files.contains { file in seen.contains { file.contains($0) } }
            #expect(!isOpen)
        }
    }

    private static func refreshToken(_ text: String) throws -> String {
        try #require(try members(text)["refresh_token"])
    }

    /// What lies in the files of kept tokens, as text.
    private static func files(of kiosk: Kiosk) throws -> [String] {
        let directory = kiosk.directory.appending(path: "tokens")
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
        return try names.map { name in
            String(decoding: try Data(contentsOf: directory.appending(path: name)), as: UTF8.self)
        }
    }
}
