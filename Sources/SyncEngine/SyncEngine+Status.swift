public import TerminalCore

/// How the engine and its platform are.
public struct SyncStatus: Hashable, Sendable {
    public var platform: Breaker.State
    /// How long the platform has been so.
    public var since: Duration
    /// The platform does not accept this terminal's credentials.
    public var credentialsRefused: Bool
    /// Where the platform sends us instead of answering; nil while it does not.
    public var redirect: Redirect?
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
        var problems = platformProblem.map { [$0] } ?? []
        if drainStopped {
            problems.append(
                "forwarding has stopped — three cards in a row were refused — check "
                    + "platform.payment_app and the credentials, then kiosk-agent sync")
        }
        return problems
    }

    /// The part of ``problems`` that is about the platform.
    public var platformProblem: String? {
        if let redirect {
            return "the platform sends us elsewhere — it redirects to "
                + (redirect.place ?? "another address")
                + ", which is not followed — set platform.base_url to where it really is"
        }
        guard credentialsRefused else { return nil }
        return "the platform refuses this terminal — its client_id or client_secret is wrong — "
            + "correct the credentials; see kiosk-agent doctor"
    }
}

extension SyncEngine {
    public var status: SyncStatus {
        let now = clock.uptime()
        return SyncStatus(
            platform: breaker.state(at: now), since: now - breaker.changedAt(at: now),
            credentialsRefused: credentialsRefused, redirect: redirect,
            drainStopped: refusals.isTripped, inHand: inHand.count, backingOff: backoffs.count)
    }
}
