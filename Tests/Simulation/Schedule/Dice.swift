import TerminalTesting

/// The draws of one concern of a scenario, all from its seed.
///
/// Each concern has its own sequence, so that a change of one leaves the others as they were.
struct Dice {
    enum Concern: UInt64 {
        case schedule = 1, network, platform, order, jitter, codes, keys, commits
    }

    private var generator: SeededGenerator

    init(seed: UInt64, _ concern: Concern) {
        var mixer = SeededGenerator(seed: seed)
        for _ in 0..<concern.rawValue { _ = mixer.next() }
        generator = SeededGenerator(seed: mixer.next())
    }

    /// True in `percent` of 100 draws.
    mutating func chance(_ percent: Int) -> Bool {
        percent > 0 && Int.random(in: 0..<100, using: &generator) < percent
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &generator)
    }

    mutating func milliseconds(_ range: ClosedRange<Int>) -> Duration {
        .milliseconds(number(range))
    }

    mutating func pick<Item>(_ items: [Item]) -> Item { items[number(0...items.count - 1)] }
}
