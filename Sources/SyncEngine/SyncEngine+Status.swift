internal import TerminalCore

/// How the engine and its platform are.
public struct SyncStatus: Hashable, Sendable {
    public var platform: Breaker.State
    /// How long the platform has been so.
    public var since: Duration
    /// The platform does not accept this terminal's credentials.
    public var credentialsRefused: Bool
    /// The drain is stopped after refusals of different cards in a row.
    public var drainStopped: Bool
    /// Payments being delivered now.
    public var inHand: Int
    /// Payments that wait after a failed try.
    public var backingOff: Int
}

extension SyncStatus {
    /// What staff must do something about: what happened, why, and what to do.
    public var problems: [String] {
        var problems: [String] = []
        if credentialsRefused {
            problems.append(
                "the platform refuses this terminal — its client_id or client_secret is wrong — "
                    + "correct the credentials; see kiosk-agent doctor")
        }
        if drainStopped {
            problems.append(
                "forwarding has stopped — three cards in a row were refused — check "
                    + "platform.payment_app and the credentials, then kiosk-agent sync")
        }
        return problems
    }
}

extension SyncEngine {
    public var status: SyncStatus {
        let now = clock.uptime()
        return SyncStatus(
            platform: breaker.state(at: now), since: now - breaker.changedAt(at: now),
            credentialsRefused: credentialsRefused, drainStopped: refusals.isTripped,
            inHand: inHand.count, backingOff: backoffs.count)
    }
}
