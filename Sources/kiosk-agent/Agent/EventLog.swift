internal import Ledger
internal import Logging
internal import ServiceLifecycle
internal import SyncEngine
internal import TerminalAgent
internal import TerminalCore

/// Writes one line for each thing that happens: payments with their seq, cards without their
/// number.
struct EventLog: Service {
    let ledger: Ledger
    let agent: TerminalAgent
    let engine: SyncEngine
    let logger: Logger

    func run() async throws {
        let (changes, events) = (ledger.changes(), agent.events())
        let news = await engine.news
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask { for await change in changes { log(change) } }
                group.addTask { for await event in events { await log(event) } }
                group.addTask { for await status in news { log(status) } }
            }
        }
    }

    private func log(_ change: LedgerChange) {
        let payment = change.payment
        var metadata: Logger.Metadata = [
            "seq": "\(payment.seq)", "state": "\(payment.state.rawValue)",
            "fen": "\(payment.amount.fen)", "attempts": "\(payment.attempts)",
        ]
        if let reason = payment.reason { metadata["reason"] = "\(reason.rawValue)" }
        if payment.offline { metadata["offline"] = "true" }
        let level: Logger.Level =
            switch (payment.state, payment.reason) {
            case (.held, _), (.rejected, _), (_, .seqCollision), (_, .platformConflict),
                (_, .platformForgot):
                .warning
            default: .info
            }
        logger.log(level: level, "payment", metadata: metadata)
    }

    private func log(_ status: SyncStatus) {
        logger.log(
            level: status.platform == .offline ? .warning : .info, "platform",
            metadata: ["state": "\(status.platform.rawValue)"])
        for problem in status.problems {
            logger.error("platform", metadata: ["problem": "\(problem)"])
        }
    }

    private func log(_ event: AgentEvent) async {
        switch event {
        case .screen: return
        case .card(let notice):
            var metadata: Logger.Metadata = ["reader": "\(notice.reader)"]
            if let seq = notice.seq { metadata["seq"] = "\(seq)" }
            if let masked = notice.masked { metadata["card"] = "\(masked)" }
            if let problem = notice.problem { metadata["problem"] = "\(problem)" }
            logger.info("card", metadata: metadata)
        case .status: await logReader()
        case .reconciling(let job) where job.isOver: log(job)
        case .replaying(let job) where job.isOver: log(job)
        case .reconciling, .replaying, .verifying: return
        }
    }

    private func log(_ job: ReplayJob) {
        var metadata: Logger.Metadata = [
            "terminal": "\(job.terminal)", "payments": "\(job.done) of \(job.total)",
        ]
        if let failure = job.end.failure { metadata["problem"] = "\(failure)" }
        logger.log(
            level: job.end.failure == nil ? .info : .warning, "replay", metadata: metadata)
    }

    private func log(_ job: ReconcileJob) {
        let (result, isGood) = (job.result, job.failure == nil && job.result.openDifferences == 0)
        logger.log(
            level: isGood ? .info : .warning, "reconcile",
            metadata: [
                "date": "\(job.date)", "payments": "\(result.done) of \(result.total)",
                "ours": "\(result.ours.fen)", "platform": "\(result.platforms.fen)",
                "differences": "\(result.differences.count)", "open": "\(result.openDifferences)",
            ])
    }

    private func logReader() async {
        let reader = await agent.reader
        logger.info(
            "reader",
            metadata: [
                "service": "\(reader.serviceIsUp.map { $0 ? "up" : "down" } ?? "unknown")",
                "readers": "\(reader.readers.joined(separator: ", "))",
            ])
        for (_, problem) in await agent.scanner.troubles.sorted(by: { $0.key < $1.key }) {
            if let problem { logger.warning("scanner", metadata: ["problem": "\(problem)"]) }
        }
        if let problem = await agent.storageProblem {
            logger.critical("storage", metadata: ["problem": "\(problem)"])
        }
    }
}
