internal import Ledger
internal import Logging
internal import ServiceLifecycle
internal import TerminalCore

/// Closes what the last stop left open: at the start, or as soon as the disk takes it.
struct RecoveryService: Service {
    let ledger: Ledger
    let clock: any TerminalClock
    let logger: Logger
    /// Whether the start could not do it.
    var isOwed = false

    /// How often a disk that took nothing is tried again.
    private static let retry = Duration.seconds(5)

    /// At the start; throws what no waiting can mend.
    mutating func begin() async throws(LedgerError) {
        do throws(LedgerError) {
            try await recover()
        } catch {
            guard let trouble = error.trouble, trouble != .corrupt else { throw error }
            logger.critical("storage", metadata: ["problem": "\(error)"])
            isOwed = true
        }
    }

    func run() async throws {
        if isOwed { await cancelWhenGracefulShutdown { await retryUntilDone() } }
        try await gracefulShutdown()
    }

    private func retryUntilDone() async {
        while (try? await clock.sleep(for: Self.retry)) != nil {
            if (try? await recover()) != nil { return }
        }
    }

    private func recover() async throws(LedgerError) {
        let recovery = try await ledger.recover(now: clock.now())
        logger.info(
            "the ledger is open",
            metadata: [
                "cancelled": "\(recovery.cancelled)", "interrupted": "\(recovery.interrupted)",
                "in_flight": "\(recovery.inFlight)",
            ])
    }
}
