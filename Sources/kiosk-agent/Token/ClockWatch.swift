internal import OAuth
internal import Synchronization
internal import TerminalCore

/// Passes calls on, and notes how far this machine's clock is from the platform's.
final class ClockWatch: Wire {
    private let wire: any Wire
    private let clock: any TerminalClock
    private let lead = Mutex<Duration?>(nil)

    /// A difference that explains refusals: signed times and certificates.
    ///
    /// `Date` counts whole seconds (RFC 9110, 5.6.7) and is as old as the answer's way here; what
    /// checks times allows for "no more than a few minutes" (RFC 7519, 4.1.4). Two minutes are
    /// beyond the first and within the second; a clock that a time server keeps is off by far less.
    private static let tolerance = Duration.seconds(120)

    init(_ wire: any Wire, clock: any TerminalClock) {
        self.wire = wire
        self.clock = clock
    }

    func send(
        _ request: WireRequest, timeout: Duration
    ) async throws(WireFailure) -> WireResponse {
        let response = try await wire.send(request, timeout: timeout)
        if let date = response.date {
            let lead = clock.now() - Timestamp(milliseconds: date)
            self.lead.withLock { $0 = lead }
        }
        return response
    }

    /// What is wrong with the clock, and what to do; nil when it is right or nothing is known.
    var problem: Phrase? {
        guard let lead = self.lead.withLock({ $0 }) else { return nil }
        let seconds = abs(lead.components.seconds)
        guard Duration.seconds(seconds) > Self.tolerance else { return nil }
        let age = Moments.age(seconds * 1_000)
        return lead > .zero ? PlatformWords.ahead(age) : PlatformWords.behind(age)
    }
}
