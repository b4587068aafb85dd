import Foundation
import Testing

/// What the commands say about a wrong command line.
@Suite("a wrong command line") struct UsageTests {
    private func run(_ arguments: [String]) async throws -> (code: Int32, text: String) {
        let program = try Program(
            Program.products.appending(path: "kiosk-agent"), arguments,
            environment: ["COLUMNS": "80"])
        let code = await program.end()
        return (code, program.output.joined(separator: "\n"))
    }

    private static let belowZero =
        "AMOUNT must be above zero: yuan such as 12.50 or fen such as 1250fen, from 0.01 to "
        + "1000000.00 — see kiosk-agent pay --help"

    /// A command line and the one line that is said about it.
    private static let lines = [
        (
            ["pay", "abc"],
            "AMOUNT must be yuan such as 12.50 or fen such as 1250fen, from 0.01 to 1000000.00 — "
                + "see kiosk-agent pay --help"
        ),
        (["pay", "-5"], belowZero), (["pay", "-12.50", "--title", "Lunch"], belowZero),
        (["pay", "--wait", "9", "-1250fen", "--title", "Lunch"], belowZero),
        (["status", "--nonsense"], "Unknown option '--nonsense' — see kiosk-agent status --help"),
        (
            ["payments", "--state", "lost"],
            "--state must be one of awaiting_card, cancelled, pending, settled, accepted, refused, "
                + "held, rejected, reversing, reversed, written_off, or several with commas — "
                + "see kiosk-agent payments list --help"
        ),
        (
            ["payments", "--since", "yesterday"],
            "--since must be a day (2026-11-21), a local time (2026-11-21T12:30) or Unix "
                + "milliseconds (1795231800000) — see kiosk-agent payments list --help"
        ),
        (
            ["payments", "show", "a/b"],
            "SEQ must be an order number such as K0011700000000000 — "
                + "see kiosk-agent payments show --help"
        ),
        (
            ["lost-cards", "add", "b@d"],
            "CARD must be 1 to 64 of A-Z a-z 0-9 . _ : - — see kiosk-agent lost-cards add --help"
        ),
    ]

    @Test("it is one line: what, why, what to do", arguments: lines)
    func line(_ arguments: [String], _ words: String) async throws {
        let (code, text) = try await run(arguments)
        #expect(code == 64)
        #expect(text == "error: the command line is not understood — \(words)")
    }

    @Test("an unknown command says what to look at")
    func unknown() async throws {
        let (code, text) = try await run(["nonsense"])
        #expect(code == 64)
        #expect(text.hasPrefix("error: the command line is not understood — "), "\(text)")
        #expect(text.hasSuffix(" — see kiosk-agent --help"), "\(text)")
    }

    @Test("a broken configuration leaves no line of the doctor out")
    func doctor() async throws {
        let (code, text) = try await run(["doctor", "--config", "/nonexistent/config.yaml"])
        #expect(code == 1)
        for part in ["pcscd", "reader", "card access", "clock", "disk", "ledger", "platform"] {
            #expect(text.contains(" \(part)"), "\(part): \(text)")
        }
        #expect(text.contains("PROBLEM  configuration: /nonexistent/config.yaml: "))
        #expect(text.contains("PROBLEM  ledger: could not be looked at — "))
    }

    @Test("without pcscd the list of readers names the command that starts it")
    func readers() async throws {
        let program = try Program(
            Program.products.appending(path: "kiosk-agent"), ["readers"],
            environment: ["PCSCLITE_CSOCK_NAME": "/nonexistent/pcscd.comm"])
        #expect(await program.end() == 69)
        let text = program.output.joined(separator: "\n")
        #expect(text.hasPrefix("error: the readers cannot be listed — "), "\(text)")
        #expect(text.hasSuffix("systemctl start pcscd.socket"), "\(text)")
    }
}
