public import Instruments

/// What the engine has done since this program began.
public struct SyncFigures: Sendable {
    /// How long the deliveries took: the exchange of the card, and the POST.
    public internal(set) var deliveries = Histogram()
    /// Calls of the platform, probes included, by what they brought.
    public internal(set) var calls: [Breaker.Result: UInt64] = [:]
}
