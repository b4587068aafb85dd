import Testing

@testable import TerminalCore

@Suite("The number of a card")
struct CardNumberTests {
    @Test(
        "one to 64 of the allowed characters are taken as they are",
        arguments: [
            "0", "001", "191013515", "04A23B1C", "aZ09._:-", String(repeating: "9", count: 64),
        ])
    func valid(text: String) throws {
        #expect(try CardNumber(text).exposed == text)
    }

    @Test(
        "anything else is not a number",
        arguments: [
            "", " ", "00 1", "001\n", "0/1", "0%2F1", "1+1", "a&b", "a=b", "卡001", "１２３", "é",
            "001\0", String(repeating: "9", count: 65),
        ])
    func invalid(text: String) {
        #expect(throws: CardError.invalidNumber) { try CardNumber(text) }
    }

    @Test(
        "the mask shows at most 4 characters and never more than half",
        arguments: [
            ("1", "****"), ("12", "****2"), ("001", "****1"), ("1234", "****34"),
            ("12345", "****45"), ("1234567", "****567"), ("12345678", "****5678"),
            ("191013515", "****3515"), ("04A23B1C998877", "****8877"),
        ])
    func mask(text: String, masked: String) throws {
        #expect(try CardNumber(text).masked == masked)
    }

    @Test(
        "a number is found by its end, never by the whole of it",
        arguments: [
            ("04A23B1C998877", "8877", true), ("04A23B1C998877", "c998877", true),
            ("04a23b1c", "3B1C", true), ("04A23B1C", "3B1D", false), ("001", "1", true),
            ("001", "01", true), ("001", "001", false), ("001", "0001", false), ("1", "1", false),
        ])
    func ends(text: String, end: String, isFound: Bool) throws {
        #expect(try CardNumber(text).ends(with: end) == isFound)
    }

    @Test("the mask of every length hides at least half", arguments: 1...CardNumber.lengthMax)
    func maskHidesHalf(length: Int) throws {
        let number = try CardNumber(String(repeating: "7", count: length))
        let shown = number.masked.filter { $0 == "7" }.count
        #expect(shown == min(4, length / 2))
    }

    @Test("no way of printing shows the whole number")
    func neverPrinted() throws {
        let number = try CardNumber("191013515")
        var dumped = ""
        dump(number, to: &dumped)
        var dumpedInside = ""
        dump(try Payment.sample().replacing(card: number), to: &dumpedInside)
        let printed = [
            "\(number)", String(describing: number), String(reflecting: number),
            "\([number])", "\(Optional(number) as Any)", dumped, dumpedInside,
            "\(try Payment.sample().replacing(card: number))",
        ]
        for text in printed {
            #expect(!text.contains("191013515"))
            #expect(text.contains("****3515"))
        }
    }
}

extension Payment {
    fileprivate func replacing(card: CardNumber) -> Payment {
        var copy = self
        copy.card = card
        return copy
    }
}
