import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

/// What a working ledger makes of another terminal's payments.
@Suite("Taking over another terminal's payments") struct AdoptTests {
    /// Where a payment stood there, whether it was sent, and where it goes on here.
    static let rows: [(there: PaymentState, sends: Int, here: PaymentState?)] = [
        (.awaitingCard, 0, nil), (.cancelled, 0, nil), (.refused, 0, nil), (.refused, 1, nil),
        (.pending, 0, nil), (.pending, 1, .reversing), (.settled, 1, nil),
        (.accepted, 0, .accepted),
        (.accepted, 2, .accepted), (.held, 0, .held), (.held, 1, .held), (.rejected, 1, .rejected),
        (.reversing, 0, .reversing), (.reversing, 1, .reversing), (.reversed, 1, nil),
        (.writtenOff, 1, nil),
    ]

    @Test("what is owed goes on in its state, what is closed is not taken", arguments: rows)
    func states(row: (there: PaymentState, sends: Int, here: PaymentState?)) async throws {
        let bench = try LedgerBench()
        let payment = Sample.payment(row.there, sends: row.sends)
        let adoption = try await bench.ledger.adopt(payment, now: Sample.start + .seconds(9))
        #expect(adoption == (row.here == nil ? .nothingOwed : .taken))
        #expect(try await bench.ledger.payment(payment.seq)?.state == row.here)
        let again = try await bench.ledger.adopt(payment, now: Sample.start + .seconds(10))
        #expect(again == (row.here == nil ? .nothingOwed : .known))
    }

    @Test("the starts of the other machine are left behind")
    func otherStarts() async throws {
        let bench = try LedgerBench()
        var payment = Sample.payment(.reversing, sends: 1)
        payment.createdBootTime = BootTime(boot: 7, uptime: .seconds(5))
        payment.sentBootTime = BootTime(boot: 7, uptime: .seconds(9))
        #expect(try await bench.ledger.adopt(payment, now: Sample.start) == .taken)
        let here = try #require(try await bench.ledger.payment(payment.seq))
        #expect(here.sentBootTime == nil && here.sentAt != nil)
        #expect(here.createdBootTime == nil)
    }

    @Test("an accepted payment counts as sent without an answer, so that it is asked for first")
    func asksFirst() async throws {
        let bench = try LedgerBench()
        let payment = Sample.payment(.accepted, sends: 0)
        _ = try await bench.ledger.adopt(payment, now: Sample.start + .seconds(9))
        let here = try #require(try await bench.ledger.payment(payment.seq))
        #expect(here.attempts == 1 && here.unresolved == 1 && !here.inFlight)
        #expect(here.sentAt == payment.updatedAt)
        #expect(here.order == payment.order && here.platform == payment.platform)
        #expect(here.createdAt == payment.createdAt && here.card == payment.card)
    }

    @Test("a send that was under way has ended when it was last heard of")
    func inFlight() async throws {
        let bench = try LedgerBench()
        let payment = Sample.payment(.reversing, sends: 2)
        _ = try await bench.ledger.adopt(payment, now: Sample.start + .seconds(9))
        let here = try #require(try await bench.ledger.payment(payment.seq))
        #expect(here.attempts == 2 && here.unresolved == 2 && !here.inFlight)
        #expect(here.sentAt == payment.updatedAt)
    }

    /// Where the payment stands here, what a later journal says, and where it goes.
    static let corrections: [(here: PaymentState, there: PaymentState, then: PaymentState)] = [
        (.accepted, .reversing, .reversing), (.accepted, .reversed, .reversing),
        (.accepted, .writtenOff, .writtenOff), (.accepted, .settled, .accepted),
        (.accepted, .held, .accepted), (.accepted, .rejected, .accepted),
        (.settled, .reversing, .reversing), (.settled, .accepted, .settled),
        (.settled, .writtenOff, .settled), (.held, .reversed, .reversing),
        (.held, .writtenOff, .writtenOff), (.held, .accepted, .held),
        (.rejected, .writtenOff, .writtenOff), (.rejected, .accepted, .rejected),
        (.reversing, .accepted, .reversing), (.reversed, .accepted, .reversed),
        (.reversed, .settled, .reversed), (.writtenOff, .accepted, .writtenOff),
    ]

    @Test(
        "what the terminal undid or closed after the first journal is not charged",
        arguments: corrections)
    func correction(row: (here: PaymentState, there: PaymentState, then: PaymentState)) async throws
    {
        let bench = try LedgerBench()
        let first = Sample.payment(.accepted, sends: 0)
        _ = try await bench.ledger.adopt(first, now: Sample.start)
        let path = LedgerBench.path(from: .accepted, to: row.here)
        for state in path {
            _ = try await bench.ledger.update(first.seq, now: Sample.start) { _ in
                PaymentUpdate(state)
            }
        }
        let later = Sample.payment(row.there, sends: 1)
        let adoption = try await bench.ledger.adopt(later, now: Sample.start + .seconds(9))
        #expect(adoption == (row.here == row.then ? .known : .corrected))
        #expect(try await bench.ledger.payment(first.seq)?.state == row.then)
    }

    @Test("an export has every payment in the order of its making, with its newest line of history")
    func exported() async throws {
        let bench = try LedgerBench()
        for number in 1...7 {
            _ = try await bench.ledger.recordTap(
                Sample.draft(100), card: Sample.card(number), rules: Sample.tapRules(up: false),
                now: Sample.start)
        }
        let first = try await bench.ledger.exported(after: 0, states: [], limit: 5)
        let rest = try await bench.ledger.exported(after: first[4].payment.id, states: [], limit: 5)
        #expect((first + rest).map(\.payment.id) == Array(1...7))
        #expect((first + rest).map(\.change) == Array(1...7))
        #expect(try await bench.ledger.exported(after: 0, states: [.settled], limit: 5).isEmpty)
    }
}
