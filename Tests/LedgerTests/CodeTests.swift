import GRDB
import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("Recording a payment by code")
struct CodeTests {
    let bench: LedgerBench
    var ledger: Ledger { bench.ledger }

    init() throws { bench = try LedgerBench() }

    private func opened() async throws -> Payment {
        guard case .created(let payment) = try await ledger.open(Sample.draft(), now: Sample.start)
        else { throw LedgerError.notFound }
        return payment
    }

    @Test("it is pending with its first send mark, without a card, and never to be accepted")
    func pending() async throws {
        let waiting = try await opened()
        let payment = try await ledger.recordCode(
            waiting.seq, platformIsUp: true, now: Sample.start)
        #expect(payment.state == .pending)
        #expect(payment.card == nil)
        #expect(payment.isByCode)
        #expect(payment.decision == .refuse(.codeNeedsPlatform))
        #expect((payment.attempts, payment.unresolved, payment.inFlight) == (1, 1, true))
        #expect(try await ledger.payment(waiting.seq) == payment)
        #expect(try await ledger.history(waiting.seq).map(\.to) == [.awaitingCard, .pending])
        #expect(try await ledger.totalExposure() == .zero)
    }

    @Test("while the platform is known to be down it is refused at once, and nothing is sent")
    func refused() async throws {
        let waiting = try await opened()
        let payment = try await ledger.recordCode(
            waiting.seq, platformIsUp: false, now: Sample.start)
        #expect((payment.state, payment.reason) == (.refused, .codeNeedsPlatform))
        #expect(payment.wasNeverSent)
        #expect(try await ledger.history(waiting.seq).map(\.to) == [.awaitingCard, .refused])
    }

    @Test("in fixed mode it is a payment of its own")
    func fixed() async throws {
        let payment = try await ledger.recordCode(
            Sample.draft(700), platformIsUp: true, now: Sample.start)
        #expect((payment.state, payment.amount) == (.pending, Money(fen: 700)))
        #expect(try await ledger.history(payment.seq).map(\.to) == [.pending])
    }

    @Test("what does not wait takes no code")
    func notWaiting() async throws {
        let waiting = try await opened()
        _ = try await ledger.recordCode(waiting.seq, platformIsUp: true, now: Sample.start)
        await #expect(throws: LedgerError.wrongState("pending")) {
            _ = try await ledger.recordCode(waiting.seq, platformIsUp: true, now: Sample.start)
        }
        await #expect(throws: LedgerError.notFound) {
            _ = try await ledger.recordCode(
                "K0010000000000001", platformIsUp: true, now: Sample.start)
        }
    }

    @Test("SQLite itself refuses to accept, hold or reject a payment without a card")
    func guarded() async throws {
        let payment = try await ledger.recordCode(
            Sample.draft(), platformIsUp: true, now: Sample.start)
        for state in ["accepted", "held", "rejected"] {
            await #expect(throws: DatabaseError.self, "\(state)") {
                try await bench.run(
                    "UPDATE payments SET state = '\(state)', revision = 2 "
                        + "WHERE id = \(payment.id)")
            }
        }
    }

    @Test("a restart withdraws one that may have been sent, and its reversal ends without a card")
    func restart() async throws {
        let payment = try await ledger.recordCode(
            Sample.draft(), platformIsUp: true, now: Sample.start)
        let after = try bench.files.copy().open(clock: bench.clock)
        #expect(try await after.recover(now: Sample.start).interrupted == 1)
        let found = try #require(try await after.payment(payment.seq))
        #expect((found.state, found.reason, found.card) == (.reversing, .interrupted, nil))
        let undone = try await after.update(payment.seq, now: Sample.start) { _ in
            PaymentUpdate(.reversed)
        }
        #expect(undone.state == .reversed)
        #expect(try await after.integrityProblems() == [])
    }
}
