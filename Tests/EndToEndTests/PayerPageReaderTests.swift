import Sandbox
import Testing
import VirtualCard

/// The page beside a real pcscd, with a card that takes its time.
@Suite("the payer's page while a card is read") struct PayerPageReaderTests {
    private static let uid: [UInt8] = [0x04, 0xA2, 0x3B, 0x1C, 0x5D, 0x6E, 0x80]

    @Test("the screen of a card that is read is whole, and the card pays when it answers")
    func reading() async throws {
        let pcscd = try await PrivatePCSCD.start()
        do {
            try await withSandbox { sandbox, url in
                let kiosk = try Kiosk(
                    platform: url, yaml: "reader: {source: pcsc}",
                    environment: pcscd.environment)
                let agent = try await kiosk.start()
                await agent.wait(forReaders: true)
                try await sandbox.waitForProbe()
                try await PayerScreen.open(kiosk, agent) { page in
                    try await lookAtReading(page, port: pcscd.ports[0])
                }
            }
        } catch {
            await pcscd.stop()
            throw error
        }
        await pcscd.stop()
    }

    private func lookAtReading(_ page: PayerScreen, port: UInt16) async throws {
        let gate = Gate()
        // A card's thread must not stand there for good when something fails before.
        defer { gate.open() }
        let card = VirtualCard(port: port) { _ in
            gate.pass()
            return .data(Self.uid + [0x90, 0x00])
        }
        _ = try await page.kiosk.call(
            "POST", "/v1/payments", ["amount": 1_250, "expires_in": 600])
        try await page.wait(for: "awaiting_card")
        try await card.insert()
        try await page.wait(for: "reading")
        try await page.look(at: "reading")
        gate.open()
        try await page.wait(for: "approved")
        await card.remove()
    }
}
