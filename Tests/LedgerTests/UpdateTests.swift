import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("Changing a payment")
struct UpdateTests {
    let bench: LedgerBench
    var ledger: Ledger { bench.ledger }

    init() throws { bench = try LedgerBench() }

    private func pending() async throws -> Payment {
        try await ledger.recordTap(
            Sample.draft(), card: Sample.card(), rules: Sample.tapRules(), now: Sample.start)
    }

    @Test("the decision sees the row as it is, and nil changes nothing")
    func decide() async throws {
        let payment = try await pending()
        let same = try await ledger.update(payment.seq, now: Sample.start + .seconds(9)) { seen in
            #expect(seen == payment)
            return nil
        }
        #expect(same == payment)
        await #expect(throws: LedgerError.notFound) {
            _ = try await ledger.update("nobody", now: Sample.start) { _ in nil }
        }
    }

    @Test("what is written is what is read")
    func fields() async throws {
        let payment = try await pending()
        let trade = Trade(id: "T1", paid: Money(fen: 1_400), balance: Money(fen: -5))
        let settled = try await ledger.update(payment.seq, now: Sample.start + .seconds(1)) { _ in
            PaymentUpdate(
                .settled, trade: trade, send: .answered, by: "chen", note: "by hand")
        }
        #expect(settled.tradeID == "T1")
        #expect(settled.paidAmount == Money(fen: 1_400))
        #expect(settled.balance == Money(fen: -5))
        #expect((settled.attempts, settled.unresolved, settled.inFlight) == (1, 0, false))
        #expect(settled.updatedAt == Sample.start + .seconds(1))
        #expect(try await ledger.payment(payment.seq) == settled)
        let last = try #require(try await ledger.history(payment.seq).last)
        #expect((last.from, last.to) == (.pending, .settled))
        #expect((last.by, last.note) == ("chen", "by hand"))
    }

    /// Note, then attempts, unresolved, in flight, sent at this moment; before it: 1 1 true.
    @Test(
        "what is known about a send",
        arguments: [
            (SendNote.begins, 2, 2, true, false), (.neverLeft, 0, 0, false, false),
            (.answered, 1, 0, false, false), (.ended, 1, 1, false, true),
        ])
    func sends(
        note: SendNote, attempts: Int, unresolved: Int, inFlight: Bool, isSent: Bool
    ) async throws {
        let payment = try await pending()
        let now = Sample.start + .seconds(3)
        let next = try await ledger.update(payment.seq, now: now) { _ in
            PaymentUpdate(send: note)
        }
        #expect((next.attempts, next.unresolved, next.inFlight) == (attempts, unresolved, inFlight))
        #expect(next.sentAt == (isSent ? now : nil))
    }

    @Test("a renewed order keeps its name, and both numbers stand in the history")
    func renewal() async throws {
        let payment = try await pending()
        let renewed = try await ledger.update(payment.seq, now: Sample.start) { _ in
            PaymentUpdate(renewsOrder: true)
        }
        #expect(renewed.seq == payment.seq)
        #expect(renewed.order > payment.order)
        #expect((renewed.attempts, renewed.unresolved, renewed.inFlight) == (0, 0, false))
        let orders = try await ledger.history(payment.seq).map(\.order)
        #expect(orders == [payment.order, renewed.order])
    }

    @Test("a send is marked only while the payment may be sent", arguments: PaymentState.allCases)
    func markSend(state: PaymentState) async throws {
        let payment = try await bench.payment(in: state)
        let marked = try await ledger.markSend(payment.seq, now: Sample.start)
        let maySend = state == .pending || state == .accepted
        #expect((marked != nil) == maySend)
        #expect(try await ledger.payment(payment.seq)?.inFlight == maySend)
    }

    @Test("only the first telling counts")
    func told() async throws {
        let payment = try await pending()
        try await ledger.told(payment.seq, now: Sample.start + .seconds(1))
        try await ledger.told(payment.seq, now: Sample.start + .seconds(2))
        let read = try await ledger.payment(payment.seq)
        #expect(read?.toldAt == Sample.start + .seconds(1))
    }

    /// State before the stop; sends without an answer; under way; state after; in flight after.
    static let recoveries: [(PaymentState, Int, Bool, PaymentState)] = [
        (.awaitingCard, 0, false, .cancelled), (.pending, 0, false, .refused),
        (.pending, 1, false, .reversing), (.pending, 1, true, .reversing),
        (.accepted, 0, false, .accepted), (.accepted, 1, true, .accepted),
        (.reversing, 1, true, .reversing), (.settled, 0, false, .settled),
        (.held, 1, false, .held), (.refused, 0, false, .refused),
    ]

    @Test("a restart brings every payment into a state that can go on", arguments: recoveries)
    func recover(
        before: PaymentState, unresolved: Int, inFlight: Bool, after: PaymentState
    ) async throws {
        let seq = try await bench.payment(in: before).seq
        try await bench.run(
            "UPDATE payments SET attempts = \(unresolved), unresolved = \(unresolved), "
                + "in_flight = \(inFlight ? 1 : 0)")
        let now = Sample.start + .seconds(100)
        let files = try bench.files.copy()
        let next = try files.open(clock: bench.clock)
        let begun = try await next.open(Sample.draft(), now: now)
        let found = try await next.recover(now: now)
        let payment = try #require(try await next.payment(seq))
        #expect(payment.state == after)
        #expect(payment.unresolved == unresolved)
        #expect(!payment.inFlight)
        #expect(payment.sentAt == (inFlight ? now : nil))
        #expect(payment.reason == (before == after ? nil : .interrupted))
        #expect(found.cancelled == (before == .awaitingCard ? 1 : 0))
        #expect(found.interrupted == (before == .pending ? 1 : 0))
        #expect(found.inFlight == (inFlight && before != .pending ? 1 : 0))
        #expect(try await next.recover(now: now) == Recovery())
        guard case .created(let waiting) = begun else { return }
        #expect(try await next.payment(waiting.seq) == waiting, "it was begun after the start")
    }

    @Test("the payments of a loss of power are found in the copied files")
    func powerLoss() async throws {
        let payment = try await pending()
        let copy = try bench.files.copy()
        let ledger = try copy.open()
        #expect(try await ledger.payment(payment.seq) == payment)
        _ = try await ledger.recover(now: Sample.start)
        #expect(try await ledger.payment(payment.seq)?.state == .reversing)
    }
}
