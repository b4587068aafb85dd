internal import Ledger
internal import Synchronization
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
    private let clock: any TerminalClock
    private let state = Mutex(State.idle)

    init(ledger: Ledger, clock: any TerminalClock) {
        self.ledger = ledger
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
        let result: Result<Verification, LedgerError>
        do throws(LedgerError) {
            result = .success(
                try await ledger.verify { [self] progress in
                    state.withLock { $0 = .running(progress) }
                })
        } catch {
            result = .failure(error)
        }
        state.withLock { $0 = .done(result, at: clock.uptime()) }
    }
}

extension VerificationJob.State {
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
