internal import Synchronization

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers for the same seed on every machine.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Draws from a range, as the engine's jitter wants it; each closure has its own sequence.
    public static func draws(
        seed: UInt64
    ) -> @Sendable (ClosedRange<Double>) -> Double {
        let generator = Shared(seed: seed)
        return { range in generator.draw(from: range) }
    }

    private final class Shared: Sendable {
        private let generator: Mutex<SeededGenerator>

        init(seed: UInt64) { generator = Mutex(SeededGenerator(seed: seed)) }

        func draw(from range: ClosedRange<Double>) -> Double {
            generator.withLock { Double.random(in: range, using: &$0) }
        }
    }
}
