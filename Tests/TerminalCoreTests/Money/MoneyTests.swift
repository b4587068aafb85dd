import TerminalTesting
import Testing

@testable import TerminalCore

@Suite("Money")
struct MoneyTests {
    @Test(
        "what a person types is read as yuan, or as fen when it says so",
        arguments: [
            ("0", 0), ("0.00", 0), ("12", 1_200), ("12.5", 1_250), ("12.50", 1_250),
            ("12.05", 1_205), ("0.01", 1), ("0.1", 10), ("007", 700), ("00.10", 10),
            ("1250fen", 1_250), ("0fen", 0), ("1fen", 1), ("1000000", 100_000_000),
            ("9999999999999999", 999_999_999_999_999_900), ("9999999999999fen", 9_999_999_999_999),
        ] as [(String, Int64)])
    func reading(text: String, fen: Int64) {
        #expect(Money(text)?.fen == fen)
    }

    @Test(
        "anything that is not surely an amount is refused",
        arguments: [
            "", " ", ".", "1.", ".5", "1.234", "1..2", "1.2.3", "-1", "+1", "1,50", "1 000", " 1",
            "1 ", "1e3", "0x10", "¥12", "12元", "１２", "١٢", "fen", " fen", "12.5fen", "-5fen",
            "1250 fen", "1250FEN", "1250fenfen", "NaN", "inf", "1_000", "1\n", "1.5\n",
            "99999999999999999", "00000000000000012", "1.-5", "1.+5", "1.５",
        ])
    func garbage(text: String) {
        #expect(Money(text) == nil)
    }

    @Test("no text of 16 characters makes it overflow", arguments: UInt64(0)..<200)
    func neverOverflows(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let letters = Array("0123456789999.fen-+ ")
        let count = Int.random(in: 0...18, using: &random)
        let text = String((0..<count).map { _ in letters.randomElement(using: &random) ?? "9" })
        if let money = Money(text) {
            #expect(money.fen >= 0)
            #expect(text.hasSuffix("fen") || money.fen <= 999_999_999_999_999_999)
        } else {
            #expect(!text.allSatisfy(\.isNumber) || text.isEmpty || text.count > 16)
        }
    }

    @Test(
        "an amount is written in yuan with two digits",
        arguments: [
            (0, "0.00"), (1, "0.01"), (10, "0.10"), (99, "0.99"), (100, "1.00"), (1_250, "12.50"),
            (1_205, "12.05"), (-1, "-0.01"), (-1_250, "-12.50"), (100_000_000, "1000000.00"),
            (.max, "92233720368547758.07"), (.min, "-92233720368547758.08"),
        ] as [(Int64, String)])
    func writing(fen: Int64, text: String) {
        #expect(Money(fen: fen).description == text)
    }

    @Test("an amount of any seed is read back from its own writing", arguments: UInt64(0)..<50)
    func roundTrip(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let money = Money(fen: .random(in: 0...Money.paymentMax.fen, using: &random))
        #expect(Money(money.description) == money)
        #expect(Money("\(money.fen)fen") == money)
    }

    @Test(
        "a payment is between one fen and a million yuan",
        arguments: [
            (-1, false), (0, false), (1, true), (100_000_000, true), (100_000_001, false),
            (.max, false), (.min, false),
        ] as [(Int64, Bool)])
    func payable(fen: Int64, isPayable: Bool) {
        #expect(Money(fen: fen).isPayable == isPayable)
    }

    @Test("amounts are added, subtracted and compared in fen")
    func arithmetic() {
        #expect(Money(fen: 30) + Money(fen: 12) == Money(fen: 42))
        #expect(Money(fen: 12) - Money(fen: 30) == Money(fen: -18))
        #expect(Money(fen: 12) < Money(fen: 13))
        #expect(!(Money(fen: 12) < Money(fen: 12)))
        #expect(Money.zero.fen == 0)
    }
}
