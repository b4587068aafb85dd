internal import TerminalCore

/// Whether it makes sense to ask the platform, from what the last calls brought. Pure.
///
/// Three network failures in a row open it; while it is open nobody waits for a dead network, and
/// probes look for its return.
public struct Breaker: Hashable, Sendable {
    /// The platform as the contract names it.
    public enum State: String, Sendable, CaseIterable {
        case online, degraded, offline
    }

    /// What one call brought.
    public enum Result: String, Sendable, CaseIterable {
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
    /// When a call last changed the state.
    private var lastChange: Duration

    /// Closed, since `start`.
    init(since start: Duration = .zero) { lastChange = start }

    /// Takes in the result of a call; true when the breaker closed by it.
    mutating func note(_ result: Result, at now: Duration) -> Bool {
        let (before, wasOpen) = (state(at: now), isOpen)
        take(result, at: now)
        if state(at: now) != before { lastChange = now }
        return wasOpen && !isOpen
    }

    private mutating func take(_ result: Result, at now: Duration) {
        lastResult = result
        if result != .answered { lastFailure = now }
        switch result {
        case .failed:
            failures = 0
        case .answered:
            failures = 0
            probes = 0
            isOpen = false
        case .unconnected, .silent:
            failures += 1
            if failures >= Self.failuresMax { isOpen = true }
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

    /// When the state at `now` began, for people; a failure's colour fades without a call.
    func changedAt(at now: Duration) -> Duration {
        guard let lastFailure, state(at: now) == .online else { return lastChange }
        return max(lastChange, lastFailure + Self.memory)
    }
}

extension Breaker.Result {
    init(_ answer: PlatformAnswer) {
        switch answer {
        case .notSent(.network): self = .unconnected
        case .notSent(.platform), .notSent(.redirected), .later: self = .failed
        case .unknown: self = .silent
        default: self = .answered
        }
    }
}
