internal import Ledger
internal import SyncEngine
internal import TerminalCore

/// What could not be written is written as soon as the ledger takes it, without a restart.
extension TerminalAgent {
    /// How long to wait before a write that failed is tried again.
    public static let writePace = Duration.seconds(2)

    /// The ledger does not take the decision at the deadline: the payer is told "no", and from then
    /// on the payment is withdrawn, whatever the platform says.
    func undecidable(_ seq: String) async {
        engine.forbidApproval(of: seq)
        // What was written before that stands.
        if let payment = try? await ledger.payment(seq), payment.state.isDecided {
            finish(payment)
        }
        if session.paymentDecided(seq, at: clock.uptime()) == .show {
            if session.payingCount == 0 { payingAmount = nil }
            let screen = Screen.declined(
                seq: seq, reason: .storageFailed, isReturning: true)
            answers.ended(seq, with: screen, at: clock.uptime())
            show(screen)
            writeSoon { [engine] () throws(LedgerError) in try await engine.withdraw(seq) }
        } else {
            engine.allowApproval(of: seq)
        }
        storageChanged()
        endIfSettled()
    }

    /// Closes the row of a payment that will not get a tap any more.
    func closeSoon(_ seq: String, _ reason: Reason) {
        writeSoon { [ledger, clock] () throws(LedgerError) in
            _ = try await ledger.update(seq, now: clock.now()) { payment in
                payment.state == .awaitingCard ? PaymentUpdate(.cancelled, reason: reason) : nil
            }
        }
    }

    /// Closes the rows that taps in fixed mode may have left waiting.
    func closeAbandonedSoon() {
        writeSoon { [ledger, clock] () throws(LedgerError) in
            try await ledger.closeAbandoned(now: clock.now())
        }
    }

    /// Tries `write` now and at ``writePace`` until the ledger takes it or the agent stops; the
    /// next start does what is then left.
    private func writeSoon(
        _ write: @escaping @Sendable () async throws(LedgerError) -> Void
    ) {
        spawn { [clock] in
            while true {
                do throws(LedgerError) {
                    try await write()
                    return
                } catch {
                    guard case .storage = error else { return }
                }
                do {
                    try await clock.sleep(for: Self.writePace)
                } catch {
                    return
                }
            }
        }
    }
}

/// How the ledger's disk is.
extension TerminalAgent {
    /// How long a disk in trouble rests before it is tried again.
    static let storageRetry = Duration.seconds(10)

    /// Takes the ledger's word for its disk, whoever found it out: a tap, the backlog, a retry.
    func storageChanged() {
        let health = ledger.health
        if storageProblem != health.problem {
            storageProblem = health.problem
            publish(.status)
            refreshScreen()
        }
        guard health.mayMend, !storageIsRetried else { return }
        storageIsRetried = true
        spawn { await self.retryStorage() }
    }

    /// Tries the disk until it is well, so that the terminal comes back without a tap.
    private func retryStorage() async {
        defer { storageIsRetried = false }
        while ledger.health.mayMend {
            do { try await clock.sleep(for: Self.storageRetry) } catch { return }
            await ledger.probe()
        }
    }
}

extension StorageHealth {
    /// Whether it may get well by itself; a damaged file does not.
    fileprivate var mayMend: Bool { trouble != nil && trouble != .corrupt }
}
