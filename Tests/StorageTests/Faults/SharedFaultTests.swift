import Synchronization
import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

/// Whoever waits for a transaction that others share is told what became of his own payment.
@Suite("A failing disk under what several decide together", .timeLimit(.minutes(10)))
struct SharedFaultTests {
    private static let payments = 4
    private static let delay = Duration.milliseconds(1)

    @Test(
        "each operation fails in its turn, and a killed agent finds just what was told",
        arguments: FaultTests.faults)
    func everyOperation(fault: FaultTests.Fault) async throws {
        var points = 0
        while try await Self.live(fault, after: points) { points += 1 }
        #expect(points > 0)
    }

    /// False when the fault never came.
    private static func live(_ fault: FaultTests.Fault, after: Int) async throws -> Bool {
        let files = try TemporaryLedger()
        let disk = DiskUnderTest(files.directory)
        let clock = ManualClock()
        var settings = Sample.settings(files.path)
        (settings.clock, settings.commitDelay) = (clock, delay)
        let ledger = try Ledger(settings)
        var seqs: [String] = []
        for card in 1...payments {
            let payment = try await ledger.recordTap(
                Sample.draft(), card: Sample.card(card), rules: Sample.tapRules(up: false),
                now: Sample.start)
            seqs.append(payment.seq)
        }
        disk.fail(fault.kinds, after: after, lasting: fault.lasting, full: fault.full)
        let told = await settleTogether(seqs, ledger, clock)
        let killed = try files.copy()
        disk.mend()
        let failures = disk.failures
        let wanted: [PaymentState?] = told.map { $0 ? PaymentState.settled : .accepted }
        #expect(try await states(of: seqs, in: ledger) == wanted, "\(after)")
        // A disk that syncs nothing and then takes no write either cannot be overwritten.
        if fault.kinds == .all, fault.lasting { return failures > 0 }
        let restarted = try killed.open()
        #expect(try await states(of: seqs, in: restarted) == wanted, "\(after), killed")
        let verification = try await restarted.verify()
        #expect(verification.isSound)
        return failures > 0
    }

    /// Has all of them settled in one go; whether each was told that it is.
    private static func settleTogether(
        _ seqs: [String], _ ledger: Ledger, _ clock: ManualClock
    ) async -> [Bool] {
        await withTaskGroup(of: String?.self) { group in
            for seq in seqs { group.addTask { await settle(seq, ledger) } }
            await clock.waitForSleepers(1)
            while ledger.letters.withLock({ $0.waiting.count }) < seqs.count { await Task.yield() }
            clock.advance(by: delay)
            var told: Set<String> = []
            for await case let seq? in group { told.insert(seq) }
            return seqs.map(told.contains)
        }
    }

    /// The order number when it was told that the payment is settled.
    private static func settle(_ seq: String, _ ledger: Ledger) async -> String? {
        let payment = try? await ledger.updateTogether(seq, now: Sample.start + .seconds(1)) { _ in
            PaymentUpdate(.settled, reason: .some(nil))
        }
        return payment?.state == .settled ? payment?.seq : nil
    }

    private static func states(
        of seqs: [String], in ledger: Ledger
    ) async throws -> [PaymentState?] {
        var states: [PaymentState?] = []
        for seq in seqs { states.append(try await ledger.payment(seq)?.state) }
        return states
    }
}
