/// What the taps of one round took on both sides, in microseconds.
struct TapTimes {
    private var ours: [TapSite.Answer] = []
    private var plain: [Double] = []
    /// One-row commits in between.
    var bare: [Double] = []

    var afterReading: [Double] { ours.map(\.afterReading) }
    var allOffline: Bool { ours.allSatisfy(\.isOffline) }
    var noneOffline: Bool { !ours.contains(where: \.isOffline) }

    /// One tap of each side.
    mutating func add(
        oursFirst: Bool, _ tap: () async throws -> TapSite.Answer, plain work: () throws -> Void
    ) async throws {
        if oursFirst { ours.append(try await tap()) }
        plain.append(try elapsed(work).microseconds)
        if !oursFirst { ours.append(try await tap()) }
    }

    /// Both sides by the same measure of a round.
    func pair(_ measure: ([Double]) -> Double) -> Pair {
        Pair(ours: measure(ours.map(\.whole)), yardstick: measure(plain))
    }
}
