import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("Each payment is dated by a clock that does not jump")
struct TimeColumnTests {
    private func created(_ ledger: Ledger, _ clock: ManualClock) async throws -> Payment {
        try await ledger.recordTap(
            Sample.draft(), card: Sample.card(), rules: Sample.tapRules(up: false),
            now: clock.now())
    }

    @Test("the start of the machine, its uptime and the state of the clock are kept")
    func creation() async throws {
        let files = try TemporaryLedger()
        let clock = ManualClock()
        var boots: [Int64] = []
        for synced in [true, true, false] {
            clock.advance(by: .milliseconds(1_500))
            clock.setSynchronised(synced)
            let ledger = try files.open(clock: clock)
            let payment = try await created(ledger, clock)
            #expect(payment.createdBootTime?.uptime == clock.uptime())
            #expect(payment.clockWasSynchronised == synced)
            #expect(try await ledger.payment(payment.seq) == payment)
            boots.append(payment.createdBootTime?.boot ?? 0)
            if boots.count == 2 { clock.reboot() }
        }
        #expect(boots == [1, 1, 2])
    }

    @Test("a send without an answer is dated so too, and a new order forgets it")
    func sending() async throws {
        let clock = ManualClock()
        let files = try TemporaryLedger()
        let ledger = try files.open(clock: clock)
        let payment = try await created(ledger, clock)
        _ = try await ledger.markSend(payment.seq, now: clock.now())
        clock.advance(by: .seconds(3))
        let ended = try await ledger.update(payment.seq, now: clock.now()) { _ in
            PaymentUpdate(send: .ended)
        }
        #expect(ended.sentBootTime == BootTime(boot: 1, uptime: .seconds(3)))
        #expect(try await ledger.payment(payment.seq) == ended)
        clock.setWall(Sample.start + .seconds(1_000_000))
        clock.advance(by: .seconds(4))
        #expect(ended.sent.map { ledger.moment(clock.now()).age(since: $0).atMost } == .seconds(4))
        let renewed = try await ledger.update(payment.seq, now: clock.now()) { _ in
            PaymentUpdate(renewsOrder: true)
        }
        #expect(renewed.sent == nil)
        #expect(renewed.sentBootTime == nil)
    }
}
