/// Random numbers that are the same again for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// `count` random lower-case hex digits.
    mutating func hex(_ count: Int) -> String {
        let digits = Array("0123456789abcdef")
        return String((0..<count).map { _ in digits[Int(next() >> 60)] })
    }

    /// `count` random decimal digits.
    mutating func decimal(_ count: Int) -> String {
        let digits = Array("0123456789")
        return String((0..<count).map { _ in digits[Int(next() % 10)] })
    }

    /// Random digits in the shape of a UUID, as the platform's tokens have it.
    mutating func uuidText() -> String {
        [8, 4, 4, 4, 12].map { hex($0) }.joined(separator: "-")
    }
}
