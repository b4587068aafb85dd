import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("A start on a full disk")
struct FullStartTests {
    @Test("opens after a reboot, and closes what was left open once there is room, and that alone")
    func later() async throws {
        let (files, clock) = (try TemporaryLedger(), ManualClock())
        let ledger = try files.open(clock: clock)
        let opened = try await ledger.open(Sample.draft(), now: Sample.start)
        guard case .created(let waiting) = opened else {
            Issue.record("\(opened)")
            return
        }
        let pending = try await ledger.recordTap(
            Sample.draft(), card: Sample.card(1), rules: Sample.tapRules(), now: Sample.start)
        let killed = try files.copy()
        withExtendedLifetime(ledger) {}
        clock.reboot()
        let disk = DiskUnderTest(killed.directory)
        disk.fail(.write, after: 0, lasting: true, full: true)
        let again = try killed.open(clock: clock)
        #expect(again.health.trouble == .full)
        let error = await #expect(throws: LedgerError.self) {
            _ = try await again.recover(now: Sample.start)
        }
        #expect(error?.trouble == .full)
        await #expect(throws: LedgerError.self) {
            _ = try await again.open(Sample.draft(), now: Sample.start)
        }
        #expect(try await again.payment(waiting.seq)?.state == .awaitingCard)
        disk.mend()
        let fresh = try await again.recordTap(
            Sample.draft(), card: Sample.card(2), rules: Sample.tapRules(), now: Sample.start)
        #expect(fresh.createdBootTime?.boot == 2)
        let recovery = try await again.recover(now: Sample.start)
        #expect((recovery.cancelled, recovery.interrupted) == (1, 1))
        #expect(try await again.payment(waiting.seq)?.state == .cancelled)
        #expect(try await again.payment(pending.seq)?.state == .reversing)
        #expect(try await again.payment(fresh.seq)?.state == .pending)
    }
}
