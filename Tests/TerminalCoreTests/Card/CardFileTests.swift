import Testing

@testable import TerminalCore

@Suite("A number from a file on the card")
struct CardFileTests {
    private static let digits: [UInt8] = [0x12, 0x34, 0x56, 0x7F]
    private static let text: [UInt8] = Array("AB-12\0\0".utf8)

    private func file(
        _ kind: CardFile.Kind, offset: Int = 0, length: Int, response: Int = 1
    ) -> CardFile {
        CardFile(
            commands: [[0x00, 0xA4], [0x00, 0xB0]],
            slice: .init(response: response, offset: offset, length: length, kind: kind))
    }

    @Test(
        "a slice is read as its kind says",
        arguments: [
            (CardFile.Kind.bcd, [0x12, 0x34], "1234"), (.bcd, [0x12, 0x3F], "123"),
            (.bcd, [0x12, 0xFF, 0xFF], "12"), (.bcd, [0x00, 0x10], "0010"),
            (.ascii, Array("AB-12".utf8), "AB-12"), (.ascii, Array("7\0\0".utf8), "7"),
            (.ascii, Array("7 \0 ".utf8), "7"), (.hex, [0x0A, 0xFF], "0AFF"),
            (.decimal, [0x01, 0x00], "256"), (.decimal, [0x00, 0x00], "0"),
            (
                .decimal, [UInt8](repeating: 0xFF, count: 16),
                "340282366920938463463374607431768211455"
            ),
        ] as [(CardFile.Kind, [UInt8], String)])
    func kinds(kind: CardFile.Kind, bytes: [UInt8], number: String) throws {
        let file = file(kind, length: bytes.count)
        #expect(try file.number(in: [bytes, []]).exposed == number)
    }

    @Test("the slice is taken from the named answer, at its offset")
    func offset() throws {
        let answers: [[UInt8]] = [[0x99, 0x99, 0x99], [0xAA, 0x12, 0x34, 0xBB]]
        let file = file(.bcd, offset: 1, length: 2, response: 2)
        #expect(try file.number(in: answers).exposed == "1234")
    }

    @Test("a slice that ends with the answer fits, one byte more does not")
    func tooShort() throws {
        let answers: [[UInt8]] = [Self.digits, []]
        #expect(try file(.hex, offset: 2, length: 2).number(in: answers).exposed == "567F")
        #expect(throws: CardError.answerTooShort(command: 1, length: 4)) {
            try file(.hex, offset: 2, length: 3).number(in: answers)
        }
        #expect(throws: CardError.answerTooShort(command: 2, length: 0)) {
            try file(.hex, length: 1, response: 2).number(in: answers)
        }
    }

    @Test(
        "bytes that are not of the kind are undecodable",
        arguments: [
            (CardFile.Kind.bcd, [0x1A]), (.bcd, [0xF1]), (.bcd, [0x12, 0xF3]),
            (.ascii, [0x41, 0x00, 0x42]), (.ascii, [0x20, 0x41]), (.ascii, [0xE5, 0x8D]),
            (.decimal, [UInt8](repeating: 1, count: 17)),
        ] as [(CardFile.Kind, [UInt8])])
    func undecodable(kind: CardFile.Kind, bytes: [UInt8]) throws {
        let file = file(kind, length: bytes.count)
        let error = try #require(throws: CardError.self) { try file.number(in: [bytes, []]) }
        guard case .undecodable = error else {
            Issue.record("\(error) is not undecodable")
            return
        }
    }

    @Test(
        "a slice of nothing but filling, or with a stranger's letter, is no card number",
        arguments: [
            (CardFile.Kind.bcd, [0xFF, 0xFF]), (.ascii, [0x00, 0x20]), (.ascii, Array("1/2".utf8)),
            (.hex, [UInt8](repeating: 1, count: 33)),
        ] as [(CardFile.Kind, [UInt8])])
    func noNumber(kind: CardFile.Kind, bytes: [UInt8]) {
        let file = file(kind, length: bytes.count)
        #expect(throws: CardError.invalidNumber) { try file.number(in: [bytes, []]) }
    }

    @Test("no error tells a byte of the card")
    func errorsAreSilent() throws {
        let error = try #require(throws: CardError.self) {
            try file(.bcd, length: 2).number(in: [[0xAB, 0xCD], []])
        }
        #expect(!"\(error)".uppercased().contains("ABCD"))
        #expect("\(error)".contains("card_number.slice"))
    }
}
