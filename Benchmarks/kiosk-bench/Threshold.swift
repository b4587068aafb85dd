/// What must hold; a run that misses one ends with exit code 1.
///
/// The sources are measurements on a virtual machine with 2 cores. A threshold is loosened only
/// with a reason in the commit.
enum Threshold {
    /// Card present → card number, as a multiple of plain C.
    ///
    /// Source: 143 µs against 123 µs is 1.16; the rest is for what runs move by.
    static let cardRatio = Limit.atMost(1.25)

    /// Taps recorded a second, as a part of what plain C records.
    ///
    /// Source: one row by a cached statement of GRDB reaches 0.82 of C.
    static let ledgerRatio = Limit.atLeast(0.8)

    /// Tap → answer while the platform is known to be down, in one-row commits, each at its p99.
    ///
    /// Source: the tap waits for one commit; two more for its checks, its larger transaction and
    /// the way through three actors.
    static let offlineRatio = Limit.atMost(3)

    /// Start → first answer, in milliseconds.
    ///
    /// Source: 16-21 ms for an HTTP server alone, as much again for the ledger, and a kiosk's
    /// processor that is up to 5 times slower.
    static let startMilliseconds = Limit.atMost(300)

    /// Resident memory of an idle agent, in MB of 1,000,000 bytes.
    ///
    /// Source: 32-38 MB for an HTTP server and client alone, most of it shared libraries.
    static let residentMB = Limit.below(50)

    /// Private memory of an idle agent: what it takes from other programs.
    ///
    /// Source: 3 MB for an HTTP server and client alone; SQLite's and the allocator's caches.
    static let privateMB = Limit.below(15)

    /// Processor time of an idle agent with a dead platform, in percent of one core.
    ///
    /// Source: a decision, so that a kiosk without a fan stays cool; it probes once a second.
    static let idlePercent = Limit.below(1)
}
