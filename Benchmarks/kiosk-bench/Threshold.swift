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

    /// How much slower taps are recorded after a million payments, as a multiple of how much slower
    /// plain C records them.
    ///
    /// Source: a promise; both sides meet the same deeper trees.
    static let growthRatio = Limit.atMost(1.1)

    /// Start → first answer with 100,000 unforwarded payments, in milliseconds.
    ///
    /// Source: a promise; they are read page by page while the agent already answers.
    static let backlogStartMilliseconds = Limit.atMost(2_000)

    /// Resident memory of an idle agent with 100,000 unforwarded payments, in MB.
    ///
    /// Source: a decision; the limit without them, and SQLite's caches, full, of 2 MB for each of
    /// four connections.
    static let backlogResidentMB = Limit.below(58)

    /// Recording a tap beside 100,000 unforwarded payments, in milliseconds, at the p99.
    ///
    /// Source: a decision; far above a commit, and far below what adding the backlog up at each tap
    /// would take.
    static let backlogTapMilliseconds = Limit.atMost(20)

    /// Importing a million lost cards, in seconds.
    ///
    /// Source: a decision; once a night, and 5 times longer on a kiosk's processor.
    static let lostImportSeconds = Limit.atMost(60)

    /// What the import of a million lost cards leaves in memory, in MB.
    ///
    /// Source: a decision; the list stays on disk, SQLite's caches are 2 MB for each connection.
    static let lostMB = Limit.below(10)

    /// Looking a card up in a million lost ones, in microseconds, at the p99.
    ///
    /// Source: a promise.
    static let lostLookupMicroseconds = Limit.below(1_000)

    /// Refusing a lost card durably with a million listed, in taps with none.
    ///
    /// Source: a tap looks four times, at most 20 µs each, beside a commit of at least 100 µs.
    static let lostTapRatio = Limit.atMost(1.5)

    /// What must not happen once.
    static let none = Limit.atMost(0)

    /// Payments a second at a canteen's peak.
    ///
    /// Source: a decision; one comes each second, and four lanes that wait for a silent platform
    /// take a little less.
    static let peakRate = Limit.atLeast(0.8)

    /// Resident memory at a canteen's peak, in MB.
    ///
    /// Source: what an agent may have beside a long backlog; at the peak its caches are full, too.
    static let peakResidentMB = backlogResidentMB

    /// Open descriptors at a canteen's peak.
    ///
    /// Source: a decision; 48 streams and waiting calls of one door are the most that it serves,
    /// and 1,024 is what a process gets.
    static let peakDescriptors = Limit.below(128)

    /// Threads at a canteen's peak.
    ///
    /// Source: a decision; a few for each core, and one for each thing that blocks.
    static let peakThreads = Limit.below(64)

    /// SQLite's log at a canteen's peak, in MB.
    ///
    /// Source: the ledger's reserve of 8 MiB, half of which is the log's up to its checkpoint.
    static let peakLogMB = Limit.below(8)

    /// What a figure may grow in 24 hours of peak, in MB or pieces, by the second half of a run.
    ///
    /// Source: what two hours can tell. One step of 1 MB, or of one descriptor, comes out as 36 in
    /// the middle of the second hour, where it weighs most, and must pass. A leak of some 430 bytes
    /// a payment, or of one descriptor in 2,400 payments, does not.
    static let peakGrowth = Limit.atMost(37)
}
