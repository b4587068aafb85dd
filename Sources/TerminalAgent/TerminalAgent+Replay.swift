public import TerminalCore

/// What a stopped terminal left behind, read and checked, and the way to deliver it.
public protocol Replay: Sendable {
    /// The terminal that has stopped.
    var terminal: String { get }
    /// Every payment of its journal, in the journal's order.
    var payments: [Payment] { get }
    /// The line at which a mirror breaks off; nil for a whole journal.
    var tornLine: Int? { get }

    /// Delivers and undoes what is owed; returns when nothing more can be done.
    func run(tell: @escaping ReplayTell) async -> ReplayEnd
}

/// Hears how many of the payments that were taken over owe the platform nothing any more.
public typealias ReplayTell = @Sendable (_ done: Int, _ total: Int) async -> Void

/// How a replay ended.
public struct ReplayEnd: Hashable, Sendable {
    /// What was taken over, as it stands now.
    public var payments: [Payment]
    /// Why something is left, and what to do about it; nil when nothing is.
    public var failure: String?

    public init(payments: [Payment] = [], failure: String? = nil) {
        self.payments = payments
        self.failure = failure
    }
}

/// A replay that runs beside the payments, or has run.
public struct ReplayJob: Hashable, Sendable {
    public var terminal: String
    /// The line at which the mirror breaks off.
    public var tornLine: Int?
    /// How many payments were taken over.
    public var total = 0
    /// How many of them owe the platform nothing any more.
    public var done = 0
    public var isOver = false
    /// How it ended; empty while it runs.
    public var end = ReplayEnd()

    init(terminal: String, tornLine: Int?) {
        self.terminal = terminal
        self.tornLine = tornLine
    }
}

extension TerminalAgent {
    /// Begins to deliver what another terminal left behind; nil when a replay is under way already.
    ///
    /// ``replaying`` and the events tell how far it is.
    public func replay(_ replay: any Replay) -> ReplayJob? {
        if let replaying, !replaying.isOver { return nil }
        let job = ReplayJob(terminal: replay.terminal, tornLine: replay.tornLine)
        replaying = job
        publish(.replaying(job))
        spawn {
            let end = await replay.run { done, total in await self.replayed(done, of: total) }
            await self.replayEnded(end)
        }
        return job
    }

    /// Tells of each payment that is through.
    private func replayed(_ done: Int, of total: Int) {
        guard var job = replaying, (job.done, job.total) != (done, total) else { return }
        (job.done, job.total) = (done, total)
        replaying = job
        publish(.replaying(job))
    }

    private func replayEnded(_ end: ReplayEnd) {
        guard var job = replaying else { return }
        (job.isOver, job.end) = (true, end)
        replaying = job
        publish(.replaying(job))
    }
}
