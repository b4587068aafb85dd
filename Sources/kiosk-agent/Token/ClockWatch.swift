internal import OAuth
internal import Synchronization
internal import TerminalCore

/// Passes calls on, and notes how far this machine's clock is from the platform's.
final class ClockWatch: Wire {
    private let wire: any Wire
    private let clock: any TerminalClock
    private let lead = Mutex<Duration?>(nil)

    /// A difference that explains refusals: signed times and certificates.
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
    var problem: String? {
        guard let lead = self.lead.withLock({ $0 }) else { return nil }
        let seconds = abs(lead.components.seconds)
        guard Duration.seconds(seconds) > Self.tolerance else { return nil }
        let side = lead > .zero ? "ahead of" : "behind"
        return "the clock is off — it is \(Moments.age(seconds * 1_000)) \(side) the platform's — "
            + "timedatectl set-ntp true"
    }
}
