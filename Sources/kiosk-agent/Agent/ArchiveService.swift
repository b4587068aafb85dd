internal import Ledger
internal import Logging
internal import ServiceLifecycle
internal import TerminalCore

/// Moves old payments to the archive, a few at a time.
struct ArchiveService: Service {
    let ledger: Ledger
    /// Closed payments older than this go.
    let keep: Duration
    let clock: any TerminalClock
    let logger: Logger

    /// Between two looks through the ledger; the first one waits as long, for a quiet start.
    private static let sweepPause = Duration.seconds(3_600)
    /// Between two steps, so that payers and the disk hardly notice.
    private static let stepPause = Duration.seconds(1)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while (try? await clock.sleep(for: Self.sweepPause)) != nil { await sweep() }
        }
    }

    /// Nothing is judged old by a clock that may be wrong.
    private func sweep() async {
        guard clock.isSynchronised else { return }
        do {
            let limit = clock.now() + (.zero - keep)
            var (moved, next): (Int, Int64?) = (0, 0)
            while let id = next {
                let step = try await ledger.archive(after: id, olderThan: limit)
                moved += step.moved
                next = step.next
                try await clock.sleep(for: Self.stepPause)
            }
            if moved > 0 { logger.info("archived", metadata: ["payments": "\(moved)"]) }
        } catch let error as LedgerError {
            logger.warning("the archive cannot be written", metadata: ["problem": "\(error)"])
        } catch {
            return
        }
    }
}
