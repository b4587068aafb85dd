public import Ledger
internal import Synchronization
public import TerminalCore

/// Delivers what the platform is owed and reverses what must be undone: the only sender.
///
/// A payer who waits goes first, by ``pay(_:)``; the backlog drains around it in ``run()``. Every
/// step is decided by ``Judge`` inside the ledger's transaction; this actor only carries it out.
public actor SyncEngine {
    let ledger: Ledger
    let platform: any Platform
    let identity: PlatformIdentity
    private(set) var rules: DeliveryRules
    let clock: any TerminalClock
    let random: @Sendable (ClosedRange<Double>) -> Double
    private(set) var judge: Judge

    var breaker: Breaker
    var refusals = RefusalGuard()
    var credentialsRefused = false
    /// Where the platform's last answer sent us; nil when it was none of this kind.
    var redirect: Redirect?
    var told = SyncNews()
    /// Payments that tasks work on, and how many do: the backlog touches none of them.
    var inHand: [String: Int] = [:]
    /// Those of the backlog that the platform is asked about; the others in hand wait for the disk
    /// or for a place.
    var atPlatform = PlatformPlaces()
    /// Payments that were let go of since the backlog was last read: what was read of them is old.
    var workedOn: Set<String> = []
    /// How many payments of a card are in hand: a payer who waits goes beside the backlog.
    var cardsInHand: [CardNumber: Int] = [:]
    /// Payments whose payer was told "no" while that could not be written.
    nonisolated let unapprovable = Mutex<Set<String>>([])
    var backoffs: [String: Backoff] = [:]
    /// What went wrong in the last call about a payment that is in hand.
    var troubles: [String: WaitingCause.Trouble] = [:]
    var cursor = Cursor()
    var isStopping = false
    /// How often the loop of ``run()`` came round; for a watchdog, which wakes it by ``wake()``.
    public private(set) var turns: UInt64 = 0
    public internal(set) var figures = SyncFigures()
    private let signal: AsyncStream<Void>.Continuation
    private let signals: AsyncStream<Void>

    /// `identity` is the platform as configured now: payments of another one are held, not sent.
    /// `random` draws from a range, for the jitter.
    public init(
        ledger: Ledger, platform: any Platform, identity: PlatformIdentity, rules: DeliveryRules,
        clock: any TerminalClock, random: @escaping @Sendable (ClosedRange<Double>) -> Double
    ) {
        self.ledger = ledger
        self.platform = platform
        self.identity = identity
        self.rules = rules
        self.clock = clock
        self.random = random
        judge = Judge(rules: rules, startedAt: clock.uptime())
        breaker = Breaker(since: clock.uptime())
        (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Whether an online attempt makes sense now.
    public var platformIsUp: Bool { !breaker.isOpen }

    /// Goes on under other rules; how many payments are delivered at once stays.
    public func adopt(_ new: DeliveryRules) {
        let concurrency = rules.concurrency
        rules = new
        rules.concurrency = concurrency
        judge = Judge(rules: rules, startedAt: judge.startedAt)
        wake()
    }

    /// Says that the ledger may owe something new.
    public func wake() { signal.yield() }

    /// An operator wants everything tried now: every wait ends, a stopped drain goes on.
    public func syncNow() {
        backoffs = [:]
        refusals.released()
        announce()
        cursor.beginAnew()
        wake()
    }

    /// Starts nothing new; ``run()`` returns when what is in flight has ended.
    public func stop() {
        isStopping = true
        wake()
    }

    /// Works off the backlog until ``stop()``.
    ///
    /// A restart goes on counting refusals in a row; a start on an operator's word counts anew, as
    /// ``syncNow()`` does.
    public func run(onOperatorsWord isOperators: Bool = false) async {
        if !isOperators { await recallRefusals() }
        await withDiscardingTaskGroup { group in
            var timers = Timers()
            group.addTask { await self.probe() }
            for await _ in signals {
                turns += 1
                if isStopping { break }
                await startDue(&group)
                arm(&timers, &group)
            }
            await finish(&group)
        }
    }

    /// Waits until nothing is in hand, then ends the timers.
    private func finish(_ group: inout DiscardingTaskGroup) async {
        if !inHand.isEmpty {
            for await _ in signals where inHand.isEmpty { break }
        }
        group.cancelAll()
    }

    private func startDue(_ group: inout DiscardingTaskGroup) async {
        if breaker.isOpen {
            if probeIsDue {
                isProbing = true
                group.addTask { await self.probe() }
            }
            return
        }
        while hasPlace, let payment = await nextOwed() {
            // Somebody may have come back while the row was read.
            guard hasPlace, !breaker.isOpen, !isStopping else { return cursor.putBack(payment) }
            take(payment)
            atPlatform.take(payment.seq)
            group.addTask {
                await self.work(off: payment)
                await self.leavePlatform(payment.seq)
                await self.release(payment)
            }
        }
    }

    /// How many payments may be in hand for each place at the platform.
    private static let depth = 8

    /// What waits for the disk holds up no call to the platform, unless the disk is slow. The more
    /// of them there are, the more share a commit.
    var hasPlace: Bool {
        atPlatform.count < rules.concurrency && inHand.count < Self.depth * rules.concurrency
    }

    /// Sets a timer for the earliest moment at which there is something to do.
    private func arm(_ timers: inout Timers, _ group: inout DiscardingTaskGroup) {
        let now = clock.uptime()
        guard let due = nextDue(after: now), timers.wants(due, at: now) else { return }
        let clock = clock
        group.addTask {
            try? await clock.sleep(for: due - now)
            await self.wake()
        }
    }

    private func nextDue(after now: Duration) -> Duration? {
        if breaker.isOpen { return isProbing ? nil : nextProbeAt }
        return backoffs.values.lazy.map(\.dueAt).filter { $0 > now }.min()
    }

    // MARK: Probing

    var nextProbeAt: Duration = .zero
    private var isProbing = false

    private var probeIsDue: Bool { !isProbing && clock.uptime() >= nextProbeAt }

    private func probe() async {
        let trouble = await platform.probe()
        isProbing = false
        credentialsRefused = trouble == .credentials
        note(trouble.map { .notSent($0) } ?? .absent)
        wake()
    }

    /// Takes in what a call said about the platform itself; what was turned away here, maybe as the
    /// platform is not there, says nothing.
    func note(_ answer: PlatformAnswer) {
        guard answer != .notSent(.withdrawn) else { return }
        defer { announce() }
        let now = clock.uptime()
        switch answer {
        case .notSent(.credentials): (credentialsRefused, redirect) = (true, nil)
        case .notSent(.redirected(let place)), .later(_, let place?): redirect = place
        case .notSent(.platform), .later: redirect = nil
        case .notSent, .unknown: break
        default: (credentialsRefused, redirect) = (false, nil)
        }
        let result = Breaker.Result(answer)
        figures.calls[result, default: 0] += 1
        let closed = breaker.note(result, at: now)
        if breaker.isOpen {
            nextProbeAt = now + breaker.probeDelay(retryMin: rules.retryMin, random: random)
        }
        if closed {
            backoffs = [:]
            cursor.beginAnew()
            wake()
        }
    }
}

/// The timers that are set: a new one is needed only for an earlier moment.
private struct Timers {
    private var earliest: Duration?

    mutating func wants(_ due: Duration, at now: Duration) -> Bool {
        if let earliest, earliest > now, earliest <= due { return false }
        earliest = due
        return true
    }
}
