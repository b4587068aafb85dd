import Testing

@testable import TerminalCore

@Suite("How a card's bytes become its number")
struct CardNumberFormatTests {
    private static let four: [UInt8] = [0x04, 0xA2, 0x3B, 0x1C]
    private static let seven: [UInt8] = [0x04, 0xA2, 0x3B, 0x1C, 0x99, 0x80, 0x0F]
    private static let ten: [UInt8] = [UInt8](repeating: 0xFF, count: 10)

    /// Decimal numbers from another program: 0x04A23B1C = 77740828, 0x1C3BA204 = 473670148.
    private static let table: [([UInt8], CardNumberFormat, String)] = [
        (four, .init(), "04A23B1C"),
        (four, .init(letterCase: .lower), "04a23b1c"),
        (four, .init(byteOrder: .reversed), "1C3BA204"),
        (four, .init(byteOrder: .reversed, letterCase: .lower), "1c3ba204"),
        (four, .init(encoding: .decimal), "77740828"),
        (four, .init(encoding: .decimal, byteOrder: .reversed), "473670148"),
        (four, .init(encoding: .decimal, width: 10), "0077740828"),
        (four, .init(encoding: .decimal, width: 8), "77740828"),
        (four, .init(encoding: .decimal, width: 3), "77740828"),
        (four, .init(width: 12), "000004A23B1C"),
        (four, .init(bytes: .first(2)), "04A2"),
        (four, .init(bytes: .last(2)), "3B1C"),
        (four, .init(bytes: .first(4)), "04A23B1C"),
        (four, .init(byteOrder: .reversed, bytes: .first(3)), "3BA204"),
        (four, .init(encoding: .decimal, width: 8, bytes: .last(3)), "10631964"),
        (seven, .init(), "04A23B1C99800F"),
        (seven, .init(byteOrder: .reversed), "0F80991C3BA204"),
        (seven, .init(encoding: .decimal), "1304274673434639"),
        (seven, .init(encoding: .decimal, width: 10, bytes: .first(4)), "0077740828"),
        (ten, .init(encoding: .decimal), "1208925819614629174706175"),
        (
            ten, .init(encoding: .decimal, width: CardNumberFormat.widthMax),
            "00000001208925819614629174706175"
        ),
        ([0x01, 0, 0, 0], .init(encoding: .decimal, byteOrder: .reversed), "1"),
        ([0x01, 0, 0, 0], .init(encoding: .decimal), "16777216"),
    ]

    @Test("bytes are chosen, ordered, written and padded, in this order", arguments: table)
    func numbers(bytes: [UInt8], format: CardNumberFormat, number: String) throws {
        #expect(try format.number(of: CardUID(bytes)).exposed == number)
    }

    @Test(
        "a format that wants more bytes than the card has is an error",
        arguments: [CardNumberFormat.Bytes.first(5), .last(5)])
    func tooFewBytes(bytes: CardNumberFormat.Bytes) throws {
        let uid = try CardUID(Self.four)
        #expect(throws: CardError.tooFewBytes(wanted: 5, present: 4)) {
            try CardNumberFormat(bytes: bytes).number(of: uid)
        }
    }

    @Test(
        "the choice of bytes is read and written in the same words",
        arguments: [
            ("all", CardNumberFormat.Bytes.all), ("first 1", .first(1)), ("first 4", .first(4)),
            ("last 4", .last(4)), ("last 10", .last(10)),
        ])
    func bytesText(text: String, bytes: CardNumberFormat.Bytes) {
        #expect(CardNumberFormat.Bytes(text) == bytes)
        #expect(bytes.description == text)
    }

    @Test(
        "other words choose no bytes",
        arguments: [
            "", "ALL", "all ", "all 4", "first", "first ", "first 0", "first 11", "first -1",
            "first  4", " first 4", "first 4 5", "last four", "middle 4", "first 4.0",
        ])
    func bytesGarbage(text: String) {
        #expect(CardNumberFormat.Bytes(text) == nil)
    }

    @Test("the preview shows each common format once, and none twice the same way")
    func common() throws {
        let formats = CardNumberFormat.common
        #expect(Set(formats).count == formats.count)
        #expect(Set(formats.map(\.summary)).count == formats.count)
        for format in formats {
            #expect(throws: Never.self) { try format.number(of: CardUID(Self.four)) }
        }
    }

    @Test(
        "a format is summed up in the words of the configuration",
        arguments: [
            (CardNumberFormat(), "hex, upper, as read, all bytes"),
            (
                CardNumberFormat(letterCase: .lower, width: 8),
                "hex, lower, as read, all bytes, width 8"
            ),
            (
                CardNumberFormat(
                    encoding: .decimal, byteOrder: .reversed, width: 10, bytes: .first(4)),
                "decimal, reversed, first 4 bytes, width 10"
            ),
        ])
    func summary(format: CardNumberFormat, text: String) {
        #expect(format.summary == text)
    }
}
