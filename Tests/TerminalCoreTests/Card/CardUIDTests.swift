import Testing

@testable import TerminalCore

@Suite("The identifier of a card")
struct CardUIDTests {
    @Test("only the sizes of ISO 14443-3 are taken", arguments: 0...16)
    func sizes(count: Int) throws {
        let bytes = (0..<count).map { UInt8($0 + 1) }
        if [4, 7, 10].contains(count) {
            #expect(try CardUID(bytes).bytes == bytes)
        } else {
            #expect(throws: CardError.unexpectedLength(count)) { try CardUID(bytes) }
        }
    }

    @Test(
        "four bytes that name no card for ever are refused",
        arguments: [(UInt8(0x08), CardError.randomUID), (0x88, .truncatedUID)])
    func misleading(first: UInt8, error: CardError) {
        #expect(throws: error) { try CardUID([first, 1, 2, 3]) }
    }

    @Test(
        "the marks mean nothing elsewhere: in another place, in a longer identifier",
        arguments: [
            [0x04, 0x08, 0x88, 0x08], [0x08, 1, 2, 3, 4, 5, 6], [0x88, 1, 2, 3, 4, 5, 6],
            [0x08, 1, 2, 3, 4, 5, 6, 7, 8, 9], [0x07, 0, 0, 0], [0x09, 0, 0, 0],
        ] as [[UInt8]])
    func harmlessMarks(bytes: [UInt8]) throws {
        #expect(try CardUID(bytes).bytes == bytes)
    }

    @Test("its description shows no byte of it")
    func redacted() throws {
        let uid = try CardUID([0x04, 0xA2, 0x3B, 0x1C])
        #expect("\(uid)" == "CardUID(4 bytes)")
        #expect(String(reflecting: uid) == "CardUID(4 bytes)")
    }
}
