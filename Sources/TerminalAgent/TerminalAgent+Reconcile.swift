internal import Ledger
public import SyncEngine
public import TerminalCore

/// A reconciliation that runs beside the payments, or has run.
public struct ReconcileJob: Hashable, Sendable {
    public var date: LocalDate
    public var repairs: Bool
    public var isOver = false
    /// Why it could not be carried out.
    public var failure: String?
    /// As far as it is.
    public var result = Reconciliation()

    init(date: LocalDate, repairs: Bool) {
        self.date = date
        self.repairs = repairs
    }
}

extension TerminalAgent {
    /// Begins to compare a day with the platform; nil when a comparison is under way already.
    ///
    /// Without a date it is today. ``reconciling`` and the events tell how far it is.
    public func reconcile(_ date: LocalDate?, repairs: Bool, by who: String) -> ReconcileJob? {
        if let reconciling, !reconciling.isOver { return nil }
        let job = ReconcileJob(date: date ?? LocalDate(clock.now()), repairs: repairs)
        reconciling = job
        spawn { await self.run(job, by: who) }
        return job
    }

    private func run(_ begun: ReconcileJob, by who: String) async {
        var job = begun
        do {
            job.result = try await engine.reconcile(
                madeWithin: job.date.moments, repairs: job.repairs, by: who
            ) { result in await self.reconciled(result) }
        } catch {
            job.failure = "\(error)"
        }
        job.isOver = true
        reconciling = job
        publish(.reconciling(job))
    }

    /// Tells of each new hundredth, not of each payment.
    private func reconciled(_ result: Reconciliation) {
        guard var job = reconciling else { return }
        let before = Self.percent(job.result)
        job.result = result
        reconciling = job
        if Self.percent(result) != before { publish(.reconciling(job)) }
    }

    private static func percent(_ result: Reconciliation) -> Int {
        result.done * 100 / max(result.total, 1)
    }
}
