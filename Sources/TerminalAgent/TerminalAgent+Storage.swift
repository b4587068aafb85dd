internal import Ledger
internal import SyncEngine
internal import TerminalCore

/// What could not be written is written as soon as the ledger takes it, without a restart.
extension TerminalAgent {
    /// How long to wait before a write that failed is tried again.
    public static let writePace = Duration.seconds(2)

    /// The ledger does not take the decision at the deadline: the payer is told "no", and from then
    /// on the payment is withdrawn, whatever the platform says.
    func undecidable(_ seq: String, _ error: LedgerError) async {
        engine.forbidApproval(of: seq)
        // What was written before that stands.
        if let payment = try? await ledger.payment(seq), payment.state.isDecided {
            finish(payment)
        }
        if session.paymentDecided(seq, at: clock.uptime()) == .show {
            if session.payingCount == 0 { payingAmount = nil }
            show(.declined(seq: seq, reason: .storageFailed))
            writeSoon { [engine] () throws(LedgerError) in try await engine.withdraw(seq) }
        }
        storageFailed(error)
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

    /// Notes that nothing can be written, for the screen, the log and the status.
    func storageFailed(_ error: LedgerError) {
        guard case .storage = error, storageProblem != error.description else { return }
        storageProblem = error.description
        publish(.status)
        refreshScreen()
    }

    /// The ledger took a write: whatever was wrong with it is over.
    func storageWorks() {
        guard storageProblem != nil else { return }
        storageProblem = nil
        publish(.status)
        refreshScreen()
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
                    return await self.storageWorks()
                } catch {
                    guard case .storage = error else { return }
                    await self.storageFailed(error)
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
