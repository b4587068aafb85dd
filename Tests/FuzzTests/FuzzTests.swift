import Foundation
import Testing

/// Foreign bytes neither crash nor stop a decoder, and what it makes of them is sound.
///
/// Each input follows from its number alone. `FUZZ=N` asks for so many inputs in all, and
/// `FUZZ_FROM=N` for another first number.
@Suite("every decoder of foreign bytes") struct FuzzTests {
    private static let inputs = number("FUZZ") ?? 20_000
    private static let first = UInt64(number("FUZZ_FROM") ?? 1)
    /// An input takes far less than a millisecond; the rest is for a machine that is busy.
    private static let slowest = Duration.seconds(10)

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }

    @Test("takes what it is meant for", arguments: FuzzTarget.all)
    func samples(target: FuzzTarget) {
        #expect(!target.samples.isEmpty)
        for sample in target.samples {
            #expect(target.verdict(sample) == .taken, "\(Self.shown(sample))")
        }
    }

    @Test("bears what is damaged", arguments: FuzzTarget.all)
    func damaged(target: FuzzTarget) throws {
        let shares = FuzzTarget.all.map(\.share).reduce(0, +)
        let count = UInt64(max(1, Self.inputs / shares * target.share))
        let trail = try Trail(target.name)
        for number in Self.first..<(Self.first + count) {
            trail.note(number)
            var mutator = Mutator(number: number)
            let input = mutator.damaged(target.samples)
            let start = ContinuousClock.now
            let verdict = target.verdict(input)
            let spent = ContinuousClock.now - start
            if case .broken(let rule) = verdict {
                Issue.record("input \(number): \(rule): \(Self.shown(input))")
                return
            }
            if spent > Self.slowest {
                Issue.record("input \(number) took \(spent): \(Self.shown(input))")
                return
            }
        }
    }

    private static func shown(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self).debugDescription
    }
}
