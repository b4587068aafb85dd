/// What must hold; a run that misses one ends with exit code 1.
///
/// The sources are measurements on a virtual machine with 2 cores. A threshold is loosened only
/// with a reason in the commit.
enum Threshold {
    /// Card present → card number, as a multiple of plain C.
    ///
    /// Source: a promise.
    static let cardRatio = Limit.atMost(1.1, aim: 1.02)

    /// Tap → answer while the platform is known to be down, as a multiple of plain C's reading and
    /// one durable commit of the same payment; the median, and the p99.
    ///
    /// Source: a promise.
    static let offlineTap = Limit.atMost(1.5, aim: 1.2)

    /// The same without the reading, in one-row commits, each at its p99.
    ///
    /// Source: the tap waits for one commit; two more for its checks, its larger transaction and
    /// the way through three actors.
    static let offlineBare = Limit.atMost(3)

    /// Tap → answer online, as a multiple of plain C's reading, two round trips and two durable
    /// commits.
    ///
    /// Source: a promise.
    static let onlineTap = Limit.atMost(1.15, aim: 1.05)

    /// Tap → answer online while a backlog is drained, in taps without one, each at its p99.
    ///
    /// Source: a promise.
    static let tapBesideDrain = Limit.atMost(1.5, aim: 1.2)

    /// Taps recorded a second, as a part of what plain C records.
    ///
    /// Source: a promise.
    static let ledgerRatio = Limit.atLeast(0.85, aim: 0.95)

    /// Taps recorded a second, as a multiple of what Python records.
    ///
    /// Source: a promise.
    static let ledgerPython = Limit.atLeast(1)

    /// Outcomes of a drain written a second in groups, as a multiple of one by one.
    ///
    /// Source: a promise.
    static let outcomeRatio = Limit.atLeast(5, aim: 8)

    /// Payments drained a second, as a multiple of what the Python agent drains.
    ///
    /// Source: a promise.
    static let drainRatio = Limit.atLeast(5, aim: 10)

    /// The last tenth of a drain, as a part of its first one's rate.
    ///
    /// Source: a promise, "flat", and what a machine moves by within two minutes.
    static let drainFlat = Limit.atLeast(0.9)

    /// Processor time for each delivered payment beyond the HTTP client's own, in microseconds.
    ///
    /// Source: a promise.
    static let drainMicroseconds = Limit.atMost(150, aim: 50)

    /// Resident and private memory after a drain, and with a million lost cards, in MB.
    ///
    /// Source: a promise; SQLite's caches are full then.
    static let fullResidentMB = Limit.atMost(55)
    static let fullPrivateMB = Limit.atMost(25)

    /// A payment with its history in the ledger's file, in bytes.
    ///
    /// Source: a promise.
    static let paymentBytes = Limit.atMost(640, aim: 450)

    /// Start → first answer with an empty ledger, in milliseconds.
    ///
    /// Source: a promise.
    static let startMilliseconds = Limit.atMost(100, aim: 30)

    /// Start → first answer with 1,000,000 payments in the ledger, in milliseconds.
    ///
    /// Source: a promise.
    static let largeStartMilliseconds = Limit.atMost(150, aim: 50)

    /// Resident memory of an idle agent, in MB of 1,000,000 bytes.
    ///
    /// Source: a promise; 32-38 MB for an HTTP server and client alone, most of it shared
    /// libraries.
    static let residentMB = Limit.atMost(45, aim: 30)

    /// Private memory of an idle agent: what it takes from other programs.
    ///
    /// Source: a promise; 3 MB for an HTTP server and client alone.
    static let idlePrivateMB = Limit.atMost(12, aim: 6)

    /// Private memory of an agent with a backlog, or at a peak.
    ///
    /// Source: SQLite's and the allocator's caches.
    static let privateMB = Limit.below(15)

    /// Processor time of an idle agent whose platform is there, in percent of one core.
    ///
    /// Source: a promise, so that a kiosk without a fan stays cool.
    static let idlePercent = Limit.atMost(0.1)

    /// How often a second the threads of an idle agent are woken.
    ///
    /// Source: a promise, so that a processor can sleep.
    static let idleWakeUps = Limit.atMost(10, aim: 2)

    /// Processor time of an idle agent with a dead platform, in percent of one core.
    ///
    /// Source: a decision; it probes once a second.
    static let deadIdlePercent = Limit.below(1)

    /// What the payer's page loads before it is whole, and its script alone, in KB of 1,000 bytes.
    ///
    /// Source: a promise.
    static let pageKB = Limit.atMost(60, aim: 30)
    static let scriptKB = Limit.atMost(25, aim: 12.5)

    /// The package installed, and its file, in MB.
    ///
    /// Source: a promise.
    static let installedMB = Limit.atMost(100, aim: 45)
    static let packageMB = Limit.atMost(25, aim: 15)

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
    /// Source: such a tap looks up to four times, at most 20 µs each, beside a commit of at least
    /// 100 µs.
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
