import Foundation
import Sandbox
import Testing

@Suite("the first start") struct SetupTests {
    static let recoveryKey = "B6N8vBQgk8i3VdwbEOhstCY3StFqqFPtC9_AsrhtHHw"

    @Test("from a file of answers: all is written, and the agent pays with it")
    func answers() async throws {
        try await withSandbox { _, url in
            let terminal = try NewTerminal(platform: url)
            let (code, text) = try await terminal.setup()
            #expect(code == 0, "\(text)")
            let secret = SandboxServer.testClientSecret
            #expect(terminal.text("credentials/client_secret") == secret)
            #expect(try terminal.mode("credentials") == 0o700)
            for name in ["client_secret", "operator_token", "data_key"] {
                #expect(try terminal.mode("credentials/" + name) == 0o600)
            }
            let token = terminal.text("operator_token")
            #expect(token?.count == 64 && terminal.text("credentials/operator_token") == token)
            #expect(terminal.text("credentials/data_key")?.count == 64)
            let written = terminal.text("config.yaml") ?? ""
            #expect(written.contains("\n  payment_limit: 700  # "), "\(written)")
            #expect(!written.contains(secret) && !text.contains(secret))
            try await pay(at: terminal)
        }
    }

    private func pay(at terminal: NewTerminal) async throws {
        let environment = ["CREDENTIALS_DIRECTORY": terminal.credentials]
        let path = Program.products.appending(path: "kiosk-agent")
        let agent = try Program(
            path, ["run", "--config", terminal.configuration], environment: environment)
        await agent.wait { lines in lines.contains { $0.contains("the local API is open") } }
        let status = try Program(
            path, ["status", "--json", "--config", terminal.configuration])
        #expect(await status.end() == 0, "\(agent.output)")
        #expect(status.output.joined().contains("K009"))
        #expect(status.output.joined().contains(#""cards":{"recoverable":true,"sealed":true}"#))
        let list = try Program(path, ["payments", "--config", terminal.configuration])
        #expect(await list.end() == 0, "the operator's token is the agent's: \(list.output)")
        agent.signal(SIGTERM)
        #expect(await agent.end() == 0)
    }

    @Test("a second one keeps the last good configuration and the operator's token")
    func again() async throws {
        try await withSandbox { _, url in
            let terminal = try NewTerminal(platform: url)
            #expect(try await terminal.setup().code == 0)
            let (first, token) = (terminal.text("config.yaml"), terminal.text("operator_token"))
            let dataKey = terminal.text("credentials/data_key")
            try terminal.write(
                terminal.answers("payment_limit: 700", "payment_limit: 800"), to: "answers.yaml")
            #expect(try await terminal.setup().code == 0)
            #expect(terminal.text("config.yaml.last") == first)
            #expect(terminal.text("config.yaml") != first)
            #expect(terminal.text("operator_token") == token)
            #expect(terminal.text("credentials/data_key") == dataKey)
            // One that would not start is not worth keeping.
            try terminal.write("nonsense: 1\n", to: "config.yaml")
            #expect(try await terminal.setup().code == 0)
            #expect(terminal.text("config.yaml.last") == first)
        }
    }

    @Test("for a sealed ledger no other key is made: an old disk in a new board")
    func formerLedger() async throws {
        try await withSandbox { _, url in
            let terminal = try NewTerminal(platform: url)
            #expect(try await terminal.setup().code == 0)
            try await pay(at: terminal)
            let dataKey = try #require(terminal.text("credentials/data_key"))
            try FileManager.default.removeItem(atPath: terminal.credentials)
            try FileManager.default.removeItem(atPath: terminal.configuration)
            let refused = try await terminal.setup()
            #expect(refused.code == 78, "\(refused.text)")
            #expect(refused.text.hasPrefix("error: no data_key is made — "), "\(refused.text)")
            #expect(refused.text.contains("put the former data_key back as "))
            #expect(terminal.text("config.yaml") == nil)
            #expect(!FileManager.default.fileExists(atPath: terminal.credentials))
            try FileManager.default.createDirectory(
                atPath: terminal.credentials, withIntermediateDirectories: true)
            try terminal.write(dataKey, to: "credentials/data_key")
            #expect(try await terminal.setup().code == 0)
            try await pay(at: terminal)
        }
    }

    /// What is replaced in the answers, the exit code, and what is said.
    private static let wrongs: [(old: String, new: String, code: Int32, word: String)] = [
        ("id: K009", "id: lane 9", 78, "terminal.id"),
        ("/secret\n", "/absent\n", 78, "client_secret_file"),
        ("reader: {source: simulated}", "reader: {source: pcsc}", 1, "pcscd: "),
        ("http://127.0.0.1", "http://10.0.0.1", 78, "is plain http to another machine"),
        ("offline:", "nonsense: 1\noffline:", 78, "nonsense"),
        (recoveryKey, "abc", 78, "ledger.recovery_key"),
    ]

    @Test("a wrong answer is told, and nothing is written", arguments: wrongs)
    func wrong(_ old: String, _ new: String, _ code: Int32, _ word: String) async throws {
        try await withSandbox { _, url in
            let terminal = try NewTerminal(platform: url)
            try terminal.write("terminal: {id: OLD}\n", to: "config.yaml")
            try terminal.write(terminal.answers(old, new), to: "answers.yaml")
            let before = terminal.everything
            let end = try await terminal.setup()
            #expect(end.code == code && end.text.contains(word), "\(end)")
            #expect(end.text.split(separator: "\n").allSatisfy { $0.hasPrefix("error: ") })
            #expect(terminal.everything == before)
        }
    }

    @Test("a secret that the platform refuses, or nobody at the address: nothing is written")
    func refused() async throws {
        try await withSandbox { _, url in
            let terminal = try NewTerminal(platform: url)
            try terminal.write("wrong\n", to: "secret")
            let before = terminal.everything
            let refused = try await terminal.setup()
            #expect(refused.code == 1 && refused.text.contains("client id or secret is wrong"))
            try terminal.write(
                terminal.answers(url, "http://127.0.0.1:1"), to: "answers.yaml")
            let nobody = try await terminal.setup()
            #expect(nobody.code == 1 && nobody.text.contains("platform cannot be reached"))
            try terminal.write(terminal.answers(), to: "answers.yaml")
            #expect(terminal.everything == before)
            let offline = try await terminal.setup("--offline")
            #expect(offline.code == 0 && offline.text.contains("the platform was not asked"))
            #expect(terminal.text("credentials/client_secret") == "wrong")
        }
    }

    @Test("at a keyboard: a wrong answer is asked again, the secret is not shown")
    func keyboard() async throws {
        try await withSandbox { _, url in
            let terminal = try NewTerminal(platform: url)
            try terminal.write(
                """
                ledger: {path: \(terminal.directory)/ledger.sqlite}
                api: {operator_token_file: \(terminal.directory)/operator_token}
                """, to: "config.yaml")
            let keyboard = try Keyboard()
            let program = try terminal.program(["--plain-credentials"], keyboard: keyboard)
            let asked = { (word: String) in
                await program.wait { lines in lines.contains { $0.contains(word) } }
            }
            try keyboard.type("en", "lane 9", "K009", "", url, SandboxServer.testClientID)
            await asked("the client secret")
            #expect(keyboard.echo.contains("K009"))
            try keyboard.type(SandboxServer.testClientSecret)
            await asked("the platform knows this terminal")
            let wrong = terminal.directory + "/secret"
            try keyboard.type("simulated", "no amount", "8", "", "", wrong, Self.recoveryKey, "y")
            #expect(await program.end() == 0, "\(program.output)")
            #expect(!keyboard.echo.contains(SandboxServer.testClientSecret))
            let text = program.output.joined(separator: "\n")
            #expect(text.contains("error: \"lane 9\" is not a terminal id"), "\(text)")
            #expect(text.contains("error: this is no amount"), "\(text)")
            #expect(text.contains("openssl genpkey -algorithm X25519 -out recovery.pem"))
            #expect(text.contains("error: is no public key of X25519"), "\(text)")
            let written = terminal.text("config.yaml") ?? ""
            for line in ["  id: K009  #", "  source: simulated  #", "  payment_limit: 800  #"] {
                #expect(written.contains("\n" + line), "\(written)")
            }
            #expect(written.contains("\n  path: \(terminal.directory)/ledger.sqlite  #"))
            #expect(written.contains("\n  recovery_key: \(Self.recoveryKey)  #"), "\(written)")
            #expect(
                terminal.text("credentials/client_secret") == SandboxServer.testClientSecret)
        }
    }

    @Test("without a terminal nothing is asked")
    func noTerminal() async throws {
        let terminal = try NewTerminal(platform: "http://127.0.0.1:1")
        let program = try terminal.program([])
        #expect(await program.end() == 64)
        #expect(program.output.joined().contains("give --answers FILE"))
    }
}
