internal import TerminalTesting

/// A page, or another program, that follows the events, leaves, and comes again.
struct PeakListener: Sendable {
    /// How many there are: the first is a payer's page, the second takes nothing in.
    static let count = 6
    private static let staySeconds = 5...90
    private static let awaySeconds = 0...10
    /// Long enough to be thrown out, in seconds.
    private static let sleepSeconds = 600

    let wire: PeakWire
    let number: Int
    let seed: UInt64

    /// Until it is cancelled.
    func comeAndGo() async throws {
        var random = SeededGenerator(seed: seed &+ UInt64(number))
        let sleeps = number == 1
        var last: Int64?
        while true {
            let stay = Int.random(in: Self.staySeconds, using: &random)
            last = await wire.listen(
                for: .seconds(sleeps ? Self.sleepSeconds : stay),
                page: number == 0 ? "?page=payer" : "", after: last, sleeps: sleeps)
            let away = Int.random(in: Self.awaySeconds, using: &random)
            try await Task.sleep(for: .seconds(away))
        }
    }
}
