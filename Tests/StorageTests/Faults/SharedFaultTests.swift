import Synchronization
import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

/// Whoever waits for a transaction that others share is told what became of his own payment.
@Suite("A failing disk under what several decide together", .timeLimit(.minutes(10)))
struct SharedFaultTests {
    private static let payments = 4

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
        let ledger = try files.open()
        var seqs: [String] = []
        for card in 1...payments {
            let payment = try await ledger.recordTap(
                Sample.draft(), card: Sample.card(card), rules: Sample.tapRules(up: false),
                now: Sample.start)
            seqs.append(payment.seq)
        }
        disk.fail(fault.kinds, after: after, lasting: fault.lasting, full: fault.full)
        let told = await ledger.settleTogether(seqs)
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

    private static func states(
        of seqs: [String], in ledger: Ledger
    ) async throws -> [PaymentState?] {
        var states: [PaymentState?] = []
        for seq in seqs { states.append(try await ledger.payment(seq)?.state) }
        return states
    }
}

extension Ledger {
    /// Has all of them settled in one go; whether each was told that it is.
    fileprivate nonisolated func settleTogether(_ seqs: [String]) async -> [Bool] {
        let told = Mutex<Set<String>>([])
        let tell: @Sendable (Result<Payment, LedgerError>) -> Void = { answer in
            guard case .success(let payment) = answer, payment.state == .settled else { return }
            told.withLock { _ = $0.insert(payment.seq) }
        }
        for seq in seqs {
            let letter = Letter(
                seq: seq, now: Sample.start + .seconds(1),
                decide: { _ in PaymentUpdate(.settled, reason: .some(nil)) }, answer: tell)
            _ = letters.withLock { $0.post(letter) }
        }
        tell(await answerAll())
        return seqs.map { seq in told.withLock { $0.contains(seq) } }
    }
}
