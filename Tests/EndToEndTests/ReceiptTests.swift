import Foundation
import TerminalCore
import Testing

/// What a thermal printer is given.
@Suite("receipts at the keyboard") struct ReceiptTests {
    @Test("a receipt is printed once there is an outcome, in both widths and languages")
    func printed() async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(platform: url)
            let agent = try await kiosk.start()
            let seq = try await kiosk.request(1_250, reference: "receipt-1")
            let early = try await kiosk.command("payments", "receipt", seq)
            #expect(early.code == 75)
            #expect(early.text.hasPrefix("error: there is no receipt yet — "), "\(early.text)")
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.outcome(seq).state == "settled")
            let paper = try await kiosk.command("payments", "receipt", seq)
            #expect(paper.code == 0)
            let head = """
                            Canteen
                --------------------------------
                            APPROVED
                           12.50 yuan
                --------------------------------
                Item                     Canteen
                Card                    ****6E80
                Balance             4987.50 yuan

                """
            #expect(paper.text.hasPrefix(head), "\(paper.text)")
            #expect(paper.text.contains("\nReference              receipt-1\n"))
            #expect(paper.text.hasSuffix("\nNumber         \(seq)"))
            let copy = try await kiosk.command(
                "payments", "receipt", seq, "--width", "48", "--language", "zh", "--copy")
            let lines = copy.text.split(separator: "\n").map(String.init)
            #expect(lines.first == String(repeating: " ", count: 22) + "补打")
            #expect(lines.contains(String(repeating: "-", count: 48)))
            #expect(lines.allSatisfy { $0.displayWidth <= 48 }, "\(copy.text)")
            let json = try await kiosk.command("payments", "receipt", seq, "--json")
            #expect(json.text.hasPrefix(#"{"amount":1250,"balance":498750,"card":"****6E80","#))
            #expect(agent.isRunning)
        }
    }
}
