/// How much is measured: everything, or a look while something is worked on.
enum Effort: Sendable {
    case full
    /// A tenth of the amounts and a few rounds: it shows what broke, not what holds.
    case quick

    /// So many of something.
    func count(_ full: Int) -> Int { self == .full ? full : full / 10 }

    /// So many seconds of watching.
    func seconds(_ full: UInt32) -> UInt32 { self == .full ? full : max(3, full / 5) }

    /// At most so many rounds, and none that begins after `time`.
    func rounds(_ countMax: Int, within time: Duration) -> Rounds {
        self == .full
            ? Rounds(countMax: countMax, time: time)
            : Rounds(countMax: Rounds.countMin, time: time / 5)
    }
}
