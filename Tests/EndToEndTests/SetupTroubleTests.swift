import Foundation
import Sandbox
import Testing

/// What a person at the keyboard is told, and what he may take all the same.
@Suite("the first start, when network or clock are not as they should be")
struct SetupTroubleTests {
    /// A terminal whose files lie in its own directory; `platform` is added to that section.
    private func terminal(_ url: String, platform: String = "") throws -> NewTerminal {
        let terminal = try NewTerminal(platform: url)
        try terminal.write(
            """
            ledger: {path: \(terminal.directory)/ledger.sqlite}
            api: {operator_token_file: \(terminal.directory)/operator_token}
            platform: {\(platform)}
            """, to: "config.yaml")
        return terminal
    }

    private func hear(_ word: String, from program: Program) async {
        await program.wait { lines in lines.contains { $0.contains(word) } }
    }

    @Test("without a network the address can be taken unproven")
    func network() async throws {
        let nobody = "http://127.0.0.1:1"
        let terminal = try self.terminal(nobody, platform: "client_id: former")
        let keyboard = try Keyboard()
        let program = try terminal.program(["--plain-credentials"], keyboard: keyboard)
        try keyboard.type("en", "K009", "", nobody, "n", nobody, "y", "canteen")
        await hear("the client secret", from: program)
        try keyboard.type("hidden")
        await hear("the platform was not asked", from: program)
        try keyboard.type("simulated", "8", "", "", "-", "y")
        #expect(await program.end() == 0, "\(program.output)")
        let text = program.output.joined(separator: "\n")
        #expect(text.ranges(of: "as setup --offline does").count == 2, "\(text)")
        #expect(terminal.text("credentials/client_secret") == "hidden")
        let written = terminal.text("config.yaml") ?? ""
        #expect(written.contains(nobody), "\(written)")
    }

    @Test("a clock that is off is looked at again, and kept on a person's word alone")
    func clock() async throws {
        let date = "Sun, 06 Nov 1994 08:49:37 GMT"
        try await TLSTests.withPlatform(
            script: { _ in .init(date: date, body: #"{"access_token":"t-1","expires_in":7199}"#) },
            { platform, authority in
                let url = "https://127.0.0.1:\(platform.port)"
                let terminal = try self.terminal(
                    url,
                    platform: "ca_file: \(authority.file), connect_timeout: 20s, "
                        + "request_timeout: 20s, decision_deadline: 20s")
                let keyboard = try Keyboard()
                let program = try terminal.program(["--plain-credentials"], keyboard: keyboard)
                try keyboard.type("en", "K009", "", url, "canteen")
                await hear("the client secret", from: program)
                try keyboard.type("hidden")
                await hear("error: the clock is off", from: program)
                try keyboard.type("n", "y", "simulated", "8", "", "", "-", "y")
                #expect(await program.end() == 0, "\(program.output)")
                let text = program.output.joined(separator: "\n")
                #expect(text.ranges(of: "error: the clock is off").count == 2, "\(text)")
                #expect(text.contains("the platform knows this terminal"), "\(text)")
            })
    }
}
