/// How many wrong operator tokens came lately, and what the next one gets.
///
/// Some mistakes are free; each of them is forgotten after a while. It knows nobody by name, so it
/// takes the same memory whoever guesses.
struct GuessCount: Hashable, Sendable {
    /// What is done with a call that brings a wrong token.
    enum Answer: Hashable, Sendable {
        case now
        /// `isFirst` is the first one after a quiet time, which is worth a line in the log.
        case after(Duration, isFirst: Bool)
        case refused
    }

    /// Mistakes without a wait: a person mistypes now and then.
    static let freeMax = 5
    /// After so long one mistake is forgotten.
    static let memory = Duration.seconds(10)
    /// No more mistakes are remembered, so that a flood is forgotten within two minutes.
    static let countMax = 12
    /// The first wait; each following one is twice as long.
    static let waitMin = Duration.milliseconds(250)
    /// How often the wait is doubled: up to 2 s.
    static let doublings = 3
    /// Calls that may wait at once; further ones are refused without a wait.
    static let waitingMax = 8

    private var waiting = 0
    /// Up to this uptime something is remembered.
    private var remembered = Duration.zero

    /// A wrong token came at `uptime`. An answer that waits is followed by ``waited()``.
    mutating func came(at uptime: Duration) -> Answer {
        let debt = min(max(.zero, remembered - uptime), Self.memory * (Self.countMax - 1))
        remembered = uptime + debt + Self.memory
        let before = Int(debt.components.seconds / Self.memory.components.seconds)
        guard before >= Self.freeMax else { return .now }
        guard waiting < Self.waitingMax else { return .refused }
        waiting += 1
        let steps = min(before - Self.freeMax, Self.doublings)
        return .after(Self.waitMin * (1 << steps), isFirst: steps == 0)
    }

    /// A call has waited.
    mutating func waited() { waiting -= 1 }
}
