/// Decides whether the program may say that it lives: no clock, no socket.
///
/// Whoever drives it asks the loops how often they came round, and sends the beat.
public struct Heartbeat: Sendable {
    /// How often each loop came round, by its name.
    public typealias Turns = [String: UInt64]

    /// What a beat that is due comes to.
    public enum Action: Hashable, Sendable {
        case beat
        /// These loops did not come round since the last beat: no beat.
        case withhold([String])
    }

    private var last: Turns

    /// `turns` is where the loops stand at the beginning.
    public init(_ turns: Turns) {
        last = turns
    }

    /// A beat is due, and the loops stand at `turns`.
    ///
    /// What a withheld beat has seen counts for the next one: only a beat begins anew.
    public mutating func beatIsDue(_ turns: Turns) -> Action {
        let still = turns.filter { last[$0.key] == $0.value }.keys.sorted()
        guard still.isEmpty else { return .withhold(still) }
        last = turns
        return .beat
    }
}
