import TerminalTesting
import Testing

@testable import TerminalCore

@Suite("Bytes as hex digits")
struct HexTextTests {
    @Test("every byte is written in two digits and read back, in both cases", arguments: 0...255)
    func everyByte(value: Int) {
        let byte = UInt8(value)
        let upper = HexText.encode([byte])
        #expect(upper.utf8.count == 2)
        #expect(UInt8(upper, radix: 16) == byte)
        #expect(upper == upper.uppercased())
        #expect(HexText.encode([byte], uppercase: false) == upper.lowercased())
        #expect(HexText.decode(upper) == [byte])
        #expect(HexText.decode(upper.lowercased()) == [byte])
    }

    @Test(
        "spaces may stand between the digits",
        arguments: [
            ("", []), ("00A4", [0x00, 0xA4]), ("00 a4 04 00", [0, 0xA4, 4, 0]),
            (" 00A4  0400 ", [0, 0xA4, 4, 0]), ("FFfF", [0xFF, 0xFF]),
        ] as [(String, [UInt8])])
    func decode(text: String, bytes: [UInt8]) {
        #expect(HexText.decode(text) == bytes)
    }

    @Test(
        "what is not hex is refused",
        arguments: ["0", "00A", "0x00", "GG", "00:A4", "00-A4", "00\tA4", "００", "-1", "0/", "0@"])
    func garbage(text: String) {
        #expect(HexText.decode(text) == nil)
    }

    @Test("bytes of any seed survive the way there and back", arguments: UInt64(0)..<20)
    func roundTrip(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let bytes = (0..<Int.random(in: 0...300, using: &random)).map { _ in
            UInt8.random(in: .min ... .max, using: &random)
        }
        #expect(HexText.decode(HexText.encode(bytes)) == bytes)
        #expect(HexText.encode(bytes[...]) == HexText.encode(bytes))
    }
}
