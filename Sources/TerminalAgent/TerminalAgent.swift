public import CardReader
public import Ledger
public import Scanner
public import SyncEngine
internal import Synchronization
public import TerminalCore

/// Drives the session: taps in, ledger and engine out, a screen for the payer.
///
/// What a tap or a request means is decided by ``Session/StateMachine``; this actor carries it out,
/// ledger first.
public actor TerminalAgent {
    let ledger: Ledger
    let engine: SyncEngine
    private nonisolated let rulesInForce: Mutex<AgentRules>
    let clock: any TerminalClock

    var session: Session.StateMachine
    public internal(set) var reader: ReaderHealth
    public internal(set) var scanner = ScannerHealth()
    public internal(set) var answers = AnswerTimes()
    /// Why nothing can be written, until something could be again.
    public internal(set) var storageProblem: String?
    /// The comparison with the platform that runs or ran last.
    public internal(set) var reconciling: ReconcileJob?
    /// The replay of another terminal's payments that runs or ran last.
    public internal(set) var replaying: ReplayJob?
    var storageIsRetried = false
    var cardIsOnReader = false
    var isStopping = false
    var shown: Shown?
    private var lastScreen: Screen?
    private let feed = Feed<AgentEvent>()
    private let jobs: AsyncStream<Job>
    private let jobsIn: AsyncStream<Job>.Continuation

    typealias Job = @Sendable () async -> Void

    /// An outcome and until when it stays on the screen.
    struct Shown {
        var screen: Screen
        var until: Duration
    }

    public init(
        ledger: Ledger, engine: SyncEngine, rules: AgentRules, clock: any TerminalClock,
        takesSimulatedTaps: Bool = false
    ) {
        self.ledger = ledger
        self.engine = engine
        rulesInForce = Mutex(rules)
        self.clock = clock
        session = Session.StateMachine(mode: rules.mode, repeatWindow: rules.repeatWindow)
        reader = ReaderHealth(isSimulated: takesSimulatedTaps)
        (jobs, jobsIn) = AsyncStream.makeStream()
    }

    /// How payments are taken now.
    public nonisolated var rules: AgentRules { rulesInForce.withLock { $0 } }

    /// Goes on under other rules, from the next tap or request on.
    ///
    /// The mode stays, because what waits belongs to it; a payment that was requested keeps its
    /// title and its time.
    public func adopt(_ new: AgentRules) {
        rulesInForce.withLock { rules in
            let mode = rules.mode
            rules = new
            rules.mode = mode
        }
        session.repeatWindowChanged(to: new.repeatWindow)
        refreshScreen()
        publish(.status)
    }

    /// What barcode scanners tell, by the path of the device.
    public typealias Scans = [String: AsyncStream<ScanEvent>]

    /// Takes card events and scans until ``stop()``; returns when what was begun has ended.
    public func run(_ events: AsyncStream<CardEvent>, scans: Scans = [:]) async {
        await withDiscardingTaskGroup { group in
            let changes = ledger.changes()
            group.addTask { for await change in changes { await self.finish(change.payment) } }
            let health = ledger.healthChanges()
            storageChanged()
            group.addTask { for await _ in health { await self.storageChanged() } }
            group.addTask { for await event in events { await self.handle(event) } }
            for (device, events) in scans {
                group.addTask { for await event in events { await self.handle(event, of: device) } }
            }
            for await job in jobs { group.addTask { await job() } }
            group.cancelAll()
        }
    }

    /// Takes no more taps; what has a card gets its outcome.
    public func stop() {
        isStopping = true
        endIfSettled()
    }

    /// After ``stop()``, ends ``run(_:)`` once nobody waits for an outcome; the deadline bounds it.
    func endIfSettled() {
        if isStopping, session.payingCount == 0 { jobsIn.finish() }
    }

    /// What happens from now on.
    public nonisolated func events() -> AsyncStream<AgentEvent> { feed.subscribe() }

    /// Runs `job` beside this actor's callers, as a child of ``run(_:)``.
    func spawn(_ job: @escaping Job) { jobsIn.yield(job) }

    /// Tells everybody who listens, also of work that is not this actor's own.
    public nonisolated func publish(_ event: AgentEvent) { feed.publish(event) }

    // MARK: Screen

    /// What the payer should see now.
    public var screen: Screen {
        if let shown, shown.until > clock.uptime() { return shown.screen }
        if let paying = payingAmount { return .paying(amount: paying) }
        if let storageProblem { return .outOfService([storageProblem]) }
        if !reader.isReady, !scanner.isReady { return .outOfService([readerProblem]) }
        if let waiting = session.waiting {
            return cardIsOnReader ? .reading : .awaitingCard(waiting)
        }
        if rules.mode == .fixed, let price = price(clock.now()) { return .price(price) }
        return .idle
    }

    private var readerProblem: String {
        reader.serviceIsUp == true
            ? "no card reader is plugged in" : "the card reader service pcscd does not run"
    }

    var payingAmount: Money?

    /// Publishes the screen when it changed.
    func refreshScreen() {
        let now = screen
        guard now != lastScreen else { return }
        lastScreen = now
        publish(.screen(now))
    }

    /// Shows an outcome for a while.
    func show(_ screen: Screen) {
        let time = screen.outcomeTime
        shown = Shown(screen: screen, until: clock.uptime() + time)
        refreshScreen()
        spawn { [clock] in
            try? await clock.sleep(for: time + .milliseconds(1))
            await self.refreshScreen()
        }
    }

    /// The price of a tap in fixed mode now; nil outside of the schedule.
    func price(_ now: Timestamp) -> Session.Price? {
        let day = LocalDay(now)
        return rules.schedule.price(atMinute: day.minute, midnight: day.midnight)
    }
}
