public import Instruments

/// What the engine has done since this program began.
public struct SyncFigures: Sendable {
    /// How long the deliveries took: the exchange of the card, the mark of the send on disk, and
    /// the POST. What was not to be sent any more, or could not be marked, is none.
    public internal(set) var deliveries = Histogram()
    /// Calls of the platform, probes included, by what they brought.
    public internal(set) var calls: [Breaker.Result: UInt64] = [:]
}
