internal import TerminalCore

/// Whether it makes sense to ask the platform, from what the last calls brought. Pure.
///
/// Three network failures in a row open it; while it is open nobody waits for a dead network, and
/// probes look for its return.
public struct Breaker: Hashable, Sendable {
    /// The platform as the contract names it.
    public enum State: String, Sendable {
        case online, degraded, offline
    }

    /// What one call brought.
    enum Result: Hashable, Sendable {
        /// An answer of the platform's own, whatever it said.
        case answered
        /// An answer that was no use: overload, an error of its own.
        case failed
        /// No connection was made; nothing reached the platform.
        case unconnected
        /// A connection, but no answer.
        case silent
    }

    /// Network failures in a row that open it.
    static let failuresMax = 3
    /// The longest time between two probes.
    static let probeMax = Duration.seconds(30)
    /// A failure colours the state for this long.
    static let memory = Duration.seconds(60)

    private(set) var isOpen = false
    private var failures = 0
    private var probes = 0
    private var lastFailure: Duration?
    private var lastResult: Result?
    /// When the present state began, for people.
    private(set) var changedAt: Duration

    /// Closed, since `start`.
    init(since start: Duration = .zero) { changedAt = start }

    /// Takes in the result of a call; true when the breaker closed by it.
    mutating func note(_ result: Result, at now: Duration) -> Bool {
        lastResult = result
        if result != .answered { lastFailure = now }
        switch result {
        case .failed:
            failures = 0
            return false
        case .answered:
            failures = 0
            probes = 0
            guard isOpen else { return false }
            isOpen = false
            changedAt = now
            return true
        case .unconnected, .silent:
            failures += 1
            if failures >= Self.failuresMax, !isOpen {
                isOpen = true
                changedAt = now
            }
            return false
        }
    }

    /// How long to wait before the next probe.
    ///
    /// A call that makes no connection costs the platform nothing, so those are repeated at the
    /// pace of `retryMin`; one that reached it backs off, with full jitter, up to 30 s.
    mutating func probeDelay(retryMin: Duration, random: (ClosedRange<Double>) -> Double)
        -> Duration
    {
        if lastResult == .unconnected { return retryMin }
        probes += 1
        let ceiling = min(Self.probeMax, retryMin * Double(1 << min(probes, 16)))
        return retryMin + (ceiling - min(ceiling, retryMin)) * random(0...1)
    }

    func state(at now: Duration) -> State {
        if isOpen { return .offline }
        if let lastFailure, now - lastFailure < Self.memory { return .degraded }
        return .online
    }
}

extension Breaker.Result {
    init(_ answer: PlatformAnswer) {
        switch answer {
        case .notSent(.network): self = .unconnected
        case .notSent(.platform), .later: self = .failed
        case .unknown: self = .silent
        default: self = .answered
        }
    }
}
