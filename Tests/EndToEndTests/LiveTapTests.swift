import Foundation
import Sandbox
import Testing
import VirtualCard

/// `setup` at a keyboard, with a real pcscd and virtual cards. One pcscd lives at a time, so these
/// run one after the other.
@Suite("the live tap of a first start", .serialized) struct LiveTapTests {
    private static let short: [UInt8] = [0x04, 0xA2, 0x3B, 0x1C]
    private static let long: [UInt8] = [0x04, 0xD1, 0xE2, 0xF3, 0xA4, 0xB5, 0x80]

    /// Runs `work` at the question for the reader, whose answer is the next line.
    private func atTheReader(
        _ work: (NewTerminal, Program, Keyboard, PrivatePCSCD) async throws -> Void
    ) async throws {
        let pcscd = try await PrivatePCSCD.start()
        do {
            try await pcscd.waitForReaders()
            try await withSandbox { _, url in
                let terminal = try NewTerminal(platform: url)
                try terminal.write(
                    """
                    ledger: {path: \(terminal.directory)/ledger.sqlite}
                    api: {operator_token_file: \(terminal.directory)/operator_token}
                    """, to: "config.yaml")
                let keyboard = try Keyboard()
                let program = try terminal.program(
                    ["--plain-credentials"], keyboard: keyboard, environment: pcscd.environment)
                try keyboard.type("en", "K009", "", url, SandboxServer.testClientID)
                await program.wait(for: "the client secret")
                try keyboard.type(SandboxServer.testClientSecret)
                await program.wait(for: "the platform knows this terminal")
                try await work(terminal, program, keyboard, pcscd)
            }
        } catch {
            await pcscd.stop()
            throw error
        }
        await pcscd.stop()
    }

    @Test("a number that two formats write is told apart by another card, and the format is kept")
    func formats() async throws {
        try await atTheReader { terminal, program, keyboard, pcscd in
            try keyboard.type("1")
            await program.wait(for: "Hold a card")
            let first = VirtualCard(port: pcscd.ports[0], uid: Self.short)
            try await first.insert()
            // As the first four bytes and as the last four.
            await program.wait(for: "0077740828", times: 2)
            await first.remove()
            try keyboard.type("0077740828", "y")
            await program.wait(for: "Hold a card", times: 2)
            let second = VirtualCard(port: pcscd.ports[1], uid: Self.long)
            try await second.insert()
            await program.wait(for: "4087657856")
            await second.remove()
            try keyboard.type("4087657856", "", "", "", "", "y")
            #expect(await program.end() == 0, "\(program.output)")
            let written = terminal.text("config.yaml") ?? ""
            for line in [
                "  name: \"Virtual Reader*\"  #", "  encoding: decimal  #",
                "  byte_order: as_read  #", "  width: 10  #", "  bytes: last 4  #",
            ] {
                #expect(written.contains("\n" + line), "\(line) in \(written)")
            }
        }
    }

    @Test("a card that cannot be read is told, a number that nobody writes so is asked again")
    func mistakes() async throws {
        try await atTheReader { terminal, program, keyboard, pcscd in
            try keyboard.type("Virtual*")
            await program.wait(for: "Hold a card")
            let torn = VirtualCard(port: pcscd.ports[0]) { _ in .tear }
            try await torn.insert()
            await program.wait(for: "left too early")
            await torn.remove()
            let card = VirtualCard(port: pcscd.ports[0], uid: Self.long)
            try await card.insert()
            await program.wait(for: "04D1E2F3A4B580")
            try keyboard.type("12345678")
            await program.wait(for: "no common format writes this card so")
            // It lies there still.
            await program.wait(for: "04D1E2F3A4B580", times: 2)
            try keyboard.type("80B5A4F3E2D104", "", "", "", "", "y")
            #expect(await program.end() == 0, "\(program.output)")
            await card.remove()
            let written = terminal.text("config.yaml") ?? ""
            for line in ["  name: \"Virtual*\"  #", "  byte_order: reversed  #"] {
                #expect(written.contains("\n" + line), "\(line) in \(written)")
            }
        }
    }
}

extension PrivatePCSCD {
    /// The first client starts pcscd, which takes a moment to find its readers.
    fileprivate func waitForReaders() async throws {
        let path = Program.products.appending(path: "kiosk-agent")
        try await eventually {
            let list = try Program(path, ["readers"], environment: environment)
            return await list.end() == 0
        }
    }
}

extension Program {
    /// Waits until so many lines hold `word`.
    fileprivate func wait(for word: String, times: Int = 1) async {
        await wait { lines in lines.count { $0.contains(word) } >= times }
    }
}
