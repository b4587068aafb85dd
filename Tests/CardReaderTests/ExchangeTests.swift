import TerminalCore
import Testing

@testable import CardReader

@Suite("One command and its answer")
struct ExchangeTests {
    /// A dialogue as `> command` and `< answer` in turn, then `= data`, or `!` for a failure.
    private func run(_ lines: [String]) -> [String] {
        var exchange = Exchange(command: HexText.decode(String(lines[0].dropFirst(2)))!, index: 3)
        var seen = [lines[0]]
        for line in lines where line.hasPrefix("<") {
            seen.append(line)
            switch exchange.answered(HexText.decode(String(line.dropFirst(2)))!) {
            case .send(let command): seen.append("> " + HexText.encode(command))
            case .done(let data): seen.append("= " + HexText.encode(data))
            case .failed(.status(let command, let word)):
                seen.append("! command \(command) " + String(word, radix: 16, uppercase: true))
            case .failed(let error): seen.append("! \(error)")
            }
        }
        return seen
    }

    private static let left = "! \(CardError.removed)"

    @Test(
        "the dialogue goes as ISO/IEC 7816-4 says",
        arguments: [
            ["> FFCA000000", "< 04A23B1C9000", "= 04A23B1C"],
            ["> 00A4040002A001", "< 9000", "= "],
            ["> 00A4040002A001", "< 6A82", "! command 3 6A82"],
            ["> FFCA000000", "< 6300", "! command 3 6300"],
            ["> FFCA000000", "< ", left],
            ["> FFCA000000", "< 90", left],
            ["> 00A4040002A001", "< 6102", "> 00C0000002", "< 6F009000", "= 6F00"],
            ["> 00A4040002A001", "< 016101", "> 00C0000001", "< 029000", "= 0102"],
            ["> 02A4040002A001", "< 6102", "> 02C0000002", "< 6F009000", "= 6F00"],
            ["> 80CA9F7F00", "< 6102", "> 00C0000002", "< 6F009000", "= 6F00"],
            ["> 00B0000000", "< 6C04", "> 00B0000004", "< 123456789000", "= 12345678"],
            ["> 00B00000", "< 6C01", "> 00B0000001", "< 129000", "= 12"],
            ["> 00CB3FFF025C00", "< 6C01", "> 00CB3FFF025C0001", "< 129000", "= 12"],
            ["> 00CB3FFF025C0000", "< 6C01", "> 00CB3FFF025C0001", "< 129000", "= 12"],
            ["> 00B00000000000", "< 6C01", "! command 3 6C01"],
            ["> 00CB3FFF025C000000", "< 6C01", "! command 3 6C01"],
        ])
    func dialogue(lines: [String]) {
        #expect(run(lines) == lines)
    }

    @Test("a card that always has more to say is stopped")
    func endless() {
        var exchange = Exchange(command: [0x00, 0xB0, 0x00, 0x00, 0x00], index: 1)
        var sent = 0
        while case .send = exchange.answered([0x61, 0x00] as [UInt8]) { sent += 1 }
        #expect(sent == Exchange.followUpsMax)
    }
}
