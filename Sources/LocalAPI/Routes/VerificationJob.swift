internal import Ledger
internal import Synchronization
internal import TerminalAgent
internal import TerminalCore

/// The check of the ledger that runs now: one at a time, and whoever asks looks at the same one.
final class VerificationJob: Sendable {
    /// What an asker is told.
    enum Answer: Sendable {
        case running(VerificationProgress)
        case done(Result<Verification, LedgerError>)
    }

    enum State {
        case idle
        case running(VerificationProgress)
        case done(Result<Verification, LedgerError>, at: Duration)
    }

    /// A result that nobody fetched is old news after this time.
    static let resultLife = Duration.seconds(10)

    private let ledger: Ledger
    /// Who tells of each new hundredth, and of the end.
    private let agent: TerminalAgent
    private let clock: any TerminalClock
    private let state = Mutex(State.idle)

    init(ledger: Ledger, agent: TerminalAgent, clock: any TerminalClock) {
        self.ledger = ledger
        self.agent = agent
        self.clock = clock
    }

    /// Starts a check, or tells how far it is; the first asker after its end gets the result.
    func ask() -> Answer {
        let now = clock.uptime()
        let (answer, starts) = state.withLock { $0.ask(now) }
        if starts { Task { await self.run() } }
        return answer
    }

    private func run() async {
        agent.publish(.verifying(VerificationProgress(done: 0, total: 0), isOver: false))
        let result: Result<Verification, LedgerError>
        do throws(LedgerError) {
            result = .success(
                try await ledger.verify { [self] progress in advanced(to: progress) })
        } catch {
            result = .failure(error)
        }
        let last = ended(result)
        agent.publish(.verifying(last, isOver: true))
    }

    private func advanced(to progress: VerificationProgress) {
        let isNews = state.withLock { $0.advance(to: progress) }
        if isNews { agent.publish(.verifying(progress, isOver: false)) }
    }

    /// How far it came: as far as there is when it was not cut short.
    private func ended(_ result: Result<Verification, LedgerError>) -> VerificationProgress {
        let now = clock.uptime()
        let last = state.withLock { state in
            let last = state.progress
            state = .done(result, at: now)
            return last
        }
        guard case .success(let verification) = result else { return last }
        return VerificationProgress(done: verification.lines, total: verification.lines)
    }
}

extension VerificationJob.State {
    /// How far the running check is.
    fileprivate var progress: VerificationProgress {
        guard case .running(let progress) = self else {
            return VerificationProgress(done: 0, total: 0)
        }
        return progress
    }

    /// Notes how far the check is; whether that is another hundredth of the whole.
    mutating func advance(to progress: VerificationProgress) -> Bool {
        let before = self.progress
        self = .running(progress)
        return progress.percent != before.percent
    }

    /// The answer now, and whether a check must be started.
    mutating func ask(_ now: Duration) -> (VerificationJob.Answer, Bool) {
        switch self {
        case .running(let progress): return (.running(progress), false)
        case .done(let result, let end) where now - end < VerificationJob.resultLife:
            self = .idle
            return (.done(result), false)
        case .idle, .done:
            let start = VerificationProgress(done: 0, total: 0)
            self = .running(start)
            return (.running(start), true)
        }
    }
}

extension VerificationProgress {
    fileprivate var percent: Int64 { done * 100 / max(total, 1) }
}
