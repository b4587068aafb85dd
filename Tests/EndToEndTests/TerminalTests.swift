import Foundation
import Sandbox
import Testing

/// What the commands print on a terminal: `script` plays one.
@Suite("output on a terminal") struct TerminalTests {
    private static let green = "\u{1B}[32m"
    private static let red = "\u{1B}[31m"

    /// The lines of a command on a terminal of so many columns.
    private func onTerminal(
        _ kiosk: Kiosk, _ arguments: [String], columns: Int = 80,
        environment: [String: String] = [:]
    ) async throws -> [String] {
        let words =
            [Program.products.appending(path: "kiosk-agent").path] + arguments
            + ["--config", kiosk.configuration.path]
        let line = words.map { "'\($0)'" }.joined(separator: " ")
        let program = try Program(
            URL(filePath: "/usr/bin/script"),
            ["-qec", "stty cols \(columns) -onlcr; exec \(line)", "/dev/null"],
            environment: ["TERM": "xterm", "NO_COLOR": "", "COLUMNS": ""]
                .merging(kiosk.environment) { $1 }.merging(environment) { $1 })
        await program.end()
        return program.output.map { $0.trimmingCharacters(in: .newlines) }
    }

    @Test("the doctor's marks have a sign, a word and a colour")
    func doctor() async throws {
        let kiosk = try Kiosk(platform: "http://127.0.0.1:1")
        let lines = try await onTerminal(kiosk, ["doctor"])
        #expect(lines.contains(Self.green + "✓ ok\u{1B}[0m       ledger"), "\(lines)")
        #expect(
            lines.contains { $0.hasPrefix(Self.red + "✗ PROBLEM\u{1B}[0m  platform: ") },
            "\(lines)")
    }

    @Test(
        "nobody who does not want colours gets any; the signs stay",
        arguments: [["NO_COLOR": "1"], ["TERM": "dumb"]])
    func plain(environment: [String: String]) async throws {
        let kiosk = try Kiosk(platform: "http://127.0.0.1:1")
        let lines = try await onTerminal(kiosk, ["doctor"], environment: environment)
        #expect(lines.contains("✓ ok       ledger"), "\(lines)")
        #expect(!lines.joined().contains("\u{1B}"))
    }

    @Test("a list gets no wider than the terminal: the title gives way, seq and amount do not")
    func list() async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(platform: url)
            let agent = try await kiosk.start()
            let title = "四川风味午餐套餐 with rice, soup and a very long name"
            let pay = try await kiosk.call(
                "POST", "/v1/payments", ["amount": 1_250, "title": title])
            let seq = try #require(pay.json["seq"] as? String)
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.outcome(seq).state == "settled")
            let piped = try await kiosk.command("payments").text
            #expect(piped.hasSuffix(title), "\(piped)")
            let lines = try await onTerminal(kiosk, ["payments"], columns: 96)
            let row = try #require(lines.first(where: { $0.contains(seq) }), "\(lines)")
            #expect(row.contains("12.50") && row.contains(Self.green + "✓ settled"), "\(row)")
            #expect(row.contains("  四川") && row.hasSuffix("…"), "\(row)")
            let shown = row.replacing(/\u{1B}\[\d+m/, with: "")
            #expect((89...96).contains(Self.width(shown)), "\(shown)")
            #expect(agent.isRunning)
        }
    }

    /// Letters of Chinese are two columns wide.
    private static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
    }

    @Test("what has to be read is wrapped, not cut")
    func wrapped() async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(
                platform: url,
                environment: ["KIOSK_TERMINAL_NAME": "Canteen 1, lane 3, beside the big window"])
            let agent = try await kiosk.start()
            let lines = try await onTerminal(kiosk, ["status"], columns: 40)
            let text = lines.joined(separator: "\n")
            let name = /terminal +Canteen 1, lane 3, beside the\n {11}big window \(K001\)/
            #expect(text.contains(name), "\(text)")
            #expect(lines.allSatisfy { Self.width($0.replacing(/\u{1B}\[\d+m/, with: "")) <= 40 })
            #expect(agent.isRunning)
        }
    }
}
