import TerminalTesting
import Testing

@testable import TerminalCore

@Suite("Order numbers")
struct SeqGeneratorTests {
    private let sequence = SeqGenerator(terminal: "K001")

    @Test(
        "the next mark is the clock's, or one more than the highest before",
        arguments: [
            (1_700_000_000_000, 0, 1_700_000_000_000),
            (1_700_000_000_000, 1_699_999_999_999, 1_700_000_000_000),
            (1_700_000_000_000, 1_700_000_000_000, 1_700_000_000_001),
            (1_600_000_000_000, 1_700_000_000_000, 1_700_000_000_001),
            (0, 1_700_000_000_000, 1_700_000_000_001), (-5, 0, 1), (0, -5, 1),
            (4_102_444_799_999, 0, 4_102_444_799_999),
            (4_102_444_800_000, 1_700_000_000_000, 1_700_000_000_001),
            (9_999_999_999_999, 1_700_000_000_000, 1_700_000_000_001),
            (99_999_999_999_999, 0, 1), (0, 4_102_444_800_000, 4_102_444_800_001),
        ] as [(Int64, Int64, Int64)])
    func marks(now: Int64, highWater: Int64, next: Int64) {
        #expect(
            sequence.next(now: Timestamp(milliseconds: now), highWater: highWater) == next)
    }

    @Test("marks only grow, however the clock jumps", arguments: UInt64(0)..<20)
    func growing(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var highWater: Int64 = 0
        for _ in 0..<200 {
            let now = Timestamp(milliseconds: .random(in: -10...2_000_000_000_000, using: &random))
            let mark = sequence.next(now: now, highWater: highWater)
            #expect(mark > highWater)
            #expect(sequence.seq(of: mark).utf8.count == 17)
            highWater = mark
        }
    }

    @Test("a clock that once jumped as far as it is believed leaves room for a million a day")
    func farAhead() {
        let jumped = sequence.next(
            now: Timestamp(milliseconds: SeqGenerator.believedMax - 1), highWater: 0)
        let afterwards = jumped + 1_000_000 * 366 * 1_000
        let next = sequence.next(now: Timestamp(milliseconds: 0), highWater: afterwards)
        #expect(sequence.seq(of: next).utf8.count == 17)
    }

    @Test(
        "an order number is the terminal and thirteen digits",
        arguments: [
            (1_700_000_000_000, "K0011700000000000"), (1, "K0010000000000001"),
            (9_999_999_999_999, "K0019999999999999"),
        ] as [(Int64, String)])
    func text(mark: Int64, seq: String) {
        #expect(sequence.seq(of: mark) == seq)
    }

    @Test(
        "a terminal's name has 1 to 12 letters and digits",
        arguments: [
            ("K", true), ("K001", true), ("abcXYZ012345", true), ("", false),
            ("abcXYZ0123456", false), ("K-1", false), ("K 1", false), ("K_1", false),
            ("终端", false), ("é", false), ("K1\n", false), ("/K", false), ("K:", false),
            ("@", false), ("[", false), ("`", false), ("{", false),
        ])
    func terminals(text: String, isValid: Bool) {
        #expect(SeqGenerator.isTerminalID(text) == isValid)
    }
}
