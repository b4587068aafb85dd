import CardReader
import Foundation
import Sandbox
import TerminalCore
import TerminalTesting
import Testing
import VirtualCard

/// The built agent over a real pcscd with virtual readers. One pcscd lives at a time, so these run
/// one after the other.
@Suite("cards on a real pcscd", .serialized) struct ReaderTests {
    private static let uid: [UInt8] = [0x04, 0xA2, 0x3B, 0x1C, 0x5D, 0x6E, 0x80]
    private static let otherUID: [UInt8] = [0x04, 0xD1, 0xE2, 0xF3, 0xA4, 0xB5, 0x80]

    /// Runs `work` with a kiosk whose agent reads from a private pcscd.
    private func withReaders(
        yaml: String = "", _ work: (SandboxServer, Kiosk, PrivatePCSCD) async throws -> Void
    ) async throws {
        let pcscd = try await PrivatePCSCD.start()
        do {
            try await withSandbox { sandbox, url in
                let kiosk = try Kiosk(
                    platform: url, yaml: "reader: {source: pcsc}\n" + yaml,
                    environment: pcscd.environment)
                try await work(sandbox, kiosk, pcscd)
            }
        } catch {
            await pcscd.stop()
            throw error
        }
        await pcscd.stop()
    }

    @Test("a tapped card settles a payment, and a card left lying pays once")
    func tapped() async throws {
        try await withReaders { sandbox, kiosk, pcscd in
            let agent = try await kiosk.start()
            await agent.wait(forReaders: true)
            let seq = try await kiosk.request(1_250)
            let card = VirtualCard(port: pcscd.ports[0], uid: Self.uid)
            try await card.insert()
            #expect(try await kiosk.outcome(seq).state == "settled")
            let second = try await kiosk.request(1_250)
            let other = VirtualCard(port: pcscd.ports[1], uid: Self.otherUID)
            try await other.insert()
            #expect(try await kiosk.outcome(second).state == "settled")
            await card.remove()
            await other.remove()
            #expect(await sandbox.money(of: Cards.normal).charges == 1)
            #expect(await sandbox.money(of: Cards.other).charges == 1)
        }
    }

    @Test("in fixed mode two readers take payments at once")
    func twoReaders() async throws {
        try await withReaders(yaml: "payment: {mode: fixed, fixed_amount: 900}") {
            sandbox, kiosk, pcscd in
            let agent = try await kiosk.start()
            await agent.wait(forReaders: true)
            let cards = [
                VirtualCard(port: pcscd.ports[0], uid: Self.uid),
                VirtualCard(port: pcscd.ports[1], uid: Self.otherUID),
            ]
            for card in cards { try await card.insert() }
            try await eventually { try await kiosk.payments(in: "settled").count == 2 }
            for card in cards { await card.remove() }
            #expect(await sandbox.money(of: Cards.normal).charges == 1)
            #expect(await sandbox.money(of: Cards.other).charges == 1)
        }
    }

    @Test("pcscd absent at the start, killed and started again: taps are served within 5 s")
    func restarted() async throws {
        try await withReaders { _, kiosk, pcscd in
            await pcscd.crash()
            let agent = try await kiosk.start()
            let status = try await kiosk.call("GET", "/readyz")
            #expect(status.status == 503)
            for _ in 0..<2 {
                try await pcscd.startDaemon()
                let started = ContinuousClock.now
                try await eventually { try await kiosk.call("GET", "/readyz").status == 200 }
                #expect(ContinuousClock.now - started < .seconds(5))
                await pcscd.crash()
                try await eventually { try await kiosk.call("GET", "/readyz").status == 503 }
            }
            try await pcscd.startDaemon()
            try await eventually { try await kiosk.call("GET", "/readyz").status == 200 }
            let seq = try await kiosk.request(700)
            let card = VirtualCard(port: pcscd.ports[0], uid: Self.uid)
            try await card.insert()
            #expect(try await kiosk.outcome(seq).state == "settled")
            await card.remove()
            #expect(agent.isRunning)
        }
    }

    @Test(
        "what is no card number is an error that people can read, and the payment still waits",
        arguments: [
            ([0x08, 1, 2, 3, 0x90, 0x00], "random identifier"),
            ([1, 2, 3, 4, 5, 0x90, 0x00], "5 bytes"),
            ([0x6A, 0x81], "6A81 instead of 9000"),
        ] as [([UInt8], String)])
    func unreadable(answer: [UInt8], words: String) async throws {
        try await withReaders { _, kiosk, pcscd in
            let agent = try await kiosk.start()
            await agent.wait(forReaders: true)
            let seq = try await kiosk.request(700)
            let bad = VirtualCard(port: pcscd.ports[0]) { _ in .data(answer) }
            try await bad.insert()
            await agent.wait { lines in lines.contains { $0.contains(words) } }
            await bad.remove()
            let waiting = try await kiosk.call("GET", "/v1/payments/\(seq)")
            #expect(waiting.json["state"] as? String == "awaiting_card")
            let good = VirtualCard(port: pcscd.ports[0], uid: Self.uid)
            try await good.insert()
            #expect(try await kiosk.outcome(seq).state == "settled")
            await good.remove()
        }
    }

    @Test("a card torn out in the middle of its reading is an error, and may be tapped again")
    func torn() async throws {
        try await withReaders { _, kiosk, pcscd in
            let agent = try await kiosk.start()
            await agent.wait(forReaders: true)
            let seq = try await kiosk.request(700)
            let torn = VirtualCard(port: pcscd.ports[0]) { _ in .tear }
            try await torn.insert()
            await agent.wait { lines in lines.contains { $0.contains("left too early") } }
            await torn.remove()
            let waiting = try await kiosk.call("GET", "/v1/payments/\(seq)")
            #expect(waiting.json["state"] as? String == "awaiting_card")
            let good = VirtualCard(port: pcscd.ports[0], uid: Self.uid)
            try await good.insert()
            #expect(try await kiosk.outcome(seq).state == "settled")
            await good.remove()
        }
    }

    @Test("a card that wobbles faster than pcscd looks is read when it lies still")
    func wobbling() async throws {
        try await withReaders { sandbox, kiosk, pcscd in
            let agent = try await kiosk.start()
            await agent.wait(forReaders: true)
            let seq = try await kiosk.request(700)
            let torn = VirtualCard(port: pcscd.ports[0]) { _ in .tear }
            try await torn.insert()
            await torn.left()
            let still = VirtualCard(port: pcscd.ports[0], uid: Self.uid)
            try await still.insert()
            #expect(try await kiosk.outcome(seq).state == "settled")
            #expect(!agent.output.contains { $0.contains("left too early") })
            await still.remove()
            #expect(await sandbox.money(of: Cards.normal).charges == 1)
        }
    }

    @Test("a number in a file on the card is read by the configured commands")
    func cardFile() async throws {
        let yaml = """
            card_number:
              source: apdu
              apdus: ["00A4040005A000000001", "00B0000008"]
              slice: {response: 2, offset: 1, length: 7, as: hex}
            """
        try await withReaders(yaml: yaml) { _, kiosk, pcscd in
            let agent = try await kiosk.start()
            await agent.wait(forReaders: true)
            let seq = try await kiosk.request(700)
            let card = VirtualCard(port: pcscd.ports[0]) { command in
                command[1] == 0xA4
                    ? .data([0x90, 0x00]) : .data([0xFF] + Self.uid + [0x90, 0x00])
            }
            try await card.insert()
            #expect(try await kiosk.outcome(seq).state == "settled")
            await card.remove()
        }
    }

    @Test("the doctor names the programs that may hold a card for themselves")
    func held() async throws {
        let yaml = """
            card_number:
              source: apdu
              apdus: ["00A4040005A000000001"]
              slice: {response: 1, offset: 0, length: 7, as: hex}
            """
        let others = try FileTree([
            "proc/312/comm": "scdaemon\n", "proc/312/maps": "7f00 /usr/lib/libpcsclite.so.1\n",
        ])
        try await withReaders(yaml: yaml) { _, kiosk, pcscd in
            let agent = try await kiosk.start()
            await agent.wait(forReaders: true)
            let gate = Gate()
            let card = VirtualCard(port: pcscd.ports[0]) { _ in
                gate.pass()
                return .data(Self.uid + [0x90, 0x00])
            }
            try await card.insert()
            try await eventually { gate.isReached }
            let seen = try await kiosk.command("doctor", "--root", others.root.path).text
            let unseen = try await kiosk.command("doctor", "--root", "/nonexistent").text
            gate.open()
            await card.remove()
            let what = "PROBLEM  card access: another program holds the card in Virtual Reader"
            #expect(seen.contains(what) && unseen.contains(what), "\(seen)")
            #expect(seen.contains("now: scdaemon (312) — "), "\(seen)")
            #expect(seen.contains("sudo kill 312\n"), "\(seen)")
            #expect(unseen.contains("sudo grep -l libpcsclite /proc/"), "\(unseen)")
            #expect(agent.isRunning)
        }
        withExtendedLifetime(others) {}
    }

    @Test("`read` prints every common format with the configured one marked")
    func readCommand() async throws {
        try await withReaders(yaml: "card_number: {encoding: decimal, byte_order: reversed}") {
            _, kiosk, pcscd in
            let program = try Program(
                Program.products.appending(path: "kiosk-agent"),
                ["read", "--count", "1", "--config", kiosk.configuration.path],
                environment: pcscd.environment)
            await program.wait { lines in lines.contains { $0.contains("reading from") } }
            let card = VirtualCard(port: pcscd.ports[0], uid: Self.uid)
            try await card.insert()
            #expect(await program.end() == 0)
            await card.remove()
            let marked = program.output.filter { $0.hasPrefix("*") }
            #expect(marked.count == 1)
            #expect(marked.first?.contains("36150143203648004") ?? false, "\(program.output)")
            #expect(program.output.contains { $0.contains("04A23B1C5D6E80") })
        }
    }

    @Test("`readers` lists the readers and what lies on them")
    func readersCommand() async throws {
        try await withReaders { _, kiosk, pcscd in
            // The first client starts pcscd, which then has readers to lay a card on.
            let first = try Program(
                Program.products.appending(path: "kiosk-agent"), ["readers"],
                environment: pcscd.environment)
            await first.end()
            let card = VirtualCard(port: pcscd.ports[0], uid: Self.uid)
            try await card.insert()
            let list = try Program(
                Program.products.appending(path: "kiosk-agent"), ["readers"],
                environment: pcscd.environment)
            #expect(await list.end() == 0)
            await card.remove()
            #expect(list.output.filter { $0.contains("Virtual Reader") }.count == 2)
            #expect(kiosk.directory.isFileURL)
        }
    }
}

extension Program {
    /// Waits until the agent says that it sees readers.
    func wait(forReaders: Bool) async {
        await wait { lines in
            lines.contains { $0.contains("readers=\"Virtual Reader") }
        }
    }
}
