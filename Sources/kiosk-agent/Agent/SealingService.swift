internal import Ledger
internal import Logging
internal import ServiceLifecycle
internal import TerminalCore

/// Seals the card numbers that were written before there was a key, a few at a time.
struct SealingService: Service {
    let ledger: Ledger
    let clock: any TerminalClock
    let logger: Logger

    /// Between two steps, so that payers and the disk hardly notice: 1,000 numbers a second.
    private static let stepPause = Duration.milliseconds(100)
    /// How often a disk that took nothing is tried again.
    private static let retry = Duration.seconds(60)

    func run() async throws {
        if ledger.sealsCards { await cancelWhenGracefulShutdown { await sealAll() } }
        try await gracefulShutdown()
    }

    private func sealAll() async {
        var steps = 0
        while await step() {
            steps += 1
            guard (try? await clock.sleep(for: Self.stepPause)) != nil else { return }
        }
        guard steps > 0 else { return }
        // A reader in the way only keeps older pages until the log begins anew by itself.
        try? await ledger.emptyLog()
        logger.notice("the card numbers in the ledger are sealed")
    }

    /// False when nothing is left to do, or to try.
    private func step() async -> Bool {
        while true {
            do throws(LedgerError) {
                return try await ledger.sealSome()
            } catch {
                logger.warning("card numbers are not sealed yet", metadata: ["problem": "\(error)"])
            }
            guard (try? await clock.sleep(for: Self.retry)) != nil else { return false }
        }
    }
}
