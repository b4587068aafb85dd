import Testing

@testable import TerminalCore

@Suite("What an update makes of a payment")
struct PaymentUpdateTests {
    private let later = Timestamp(milliseconds: 1_700_000_005_000)

    private func apply(_ update: PaymentUpdate, to payment: Payment) -> Payment {
        payment.applying(update, at: later, freshOrder: "K0011700000009999")
    }

    @Test("a send is counted, and open until its answer settles it")
    func sends() throws {
        let fresh = try Payment.sample()
        let begun = apply(PaymentUpdate(send: .begins), to: fresh)
        #expect(begun.attempts == 1)
        #expect(begun.unresolved == 1)
        #expect(begun.inFlight)
        #expect(begun.sentAt == nil)
        #expect(begun.mayBeCharged)
        #expect(!fresh.mayBeCharged)
    }

    /// After a first send that ended without an answer: begun at 1, now a second one is under way.
    private func secondSend() throws -> Payment {
        try .sample(
            attempts: 2, unresolved: 2, inFlight: true,
            sentAt: Timestamp(milliseconds: 1_700_000_001_000))
    }

    @Test("a send that never left is taken back whole")
    func neverLeft() throws {
        let next = apply(PaymentUpdate(send: .neverLeft), to: try secondSend())
        #expect(next.attempts == 1)
        #expect(next.unresolved == 1)
        #expect(!next.inFlight)
        #expect(next.sentAt == Timestamp(milliseconds: 1_700_000_001_000))
        #expect(next.mayBeCharged)
    }

    @Test("an answered send stays an attempt, and is resolved")
    func answered() throws {
        let next = apply(PaymentUpdate(send: .answered), to: try secondSend())
        #expect(next.attempts == 2)
        #expect(next.unresolved == 1)
        #expect(!next.inFlight)
        #expect(next.sentAt == Timestamp(milliseconds: 1_700_000_001_000))
    }

    @Test("a send that ended without an answer stays unresolved, and its end is kept")
    func ended() throws {
        let next = apply(PaymentUpdate(send: .ended), to: try secondSend())
        #expect(next.attempts == 2)
        #expect(next.unresolved == 2)
        #expect(!next.inFlight)
        #expect(next.sentAt == later)
        #expect(next.mayBeCharged)
    }

    @Test("a begun send that never left, or was answered, leaves nothing to be charged")
    func settledSends() throws {
        for end in [SendNote.neverLeft, .answered] {
            let begun = apply(PaymentUpdate(send: .begins), to: try .sample())
            let next = apply(PaymentUpdate(send: end), to: begun)
            #expect(!next.mayBeCharged)
            #expect(next.attempts == (end == .neverLeft ? 0 : 1))
        }
    }

    @Test("a renewed order starts anew, the payment keeps its name")
    func renewal() throws {
        let next = apply(
            PaymentUpdate(reason: .seqCollision, renewsOrder: true), to: try secondSend())
        #expect(next.order == "K0011700000009999")
        #expect(next.seq == "K0011700000000000")
        #expect(next.attempts == 0)
        #expect(next.unresolved == 0)
        #expect(!next.inFlight)
        #expect(next.sentAt == nil)
        #expect(next.state == .pending)
        #expect(next.revision == 2)
    }

    @Test("an order that is not renewed keeps its number")
    func keptOrder() throws {
        let next = apply(PaymentUpdate(.accepted), to: try .sample())
        #expect(next.order == "K0011700000000000")
    }

    @Test("the reason is kept, changed, or cleared")
    func reasons() throws {
        let payment = try Payment.sample(.accepted, reason: .platformUnreachable)
        #expect(apply(PaymentUpdate(), to: payment).reason == .platformUnreachable)
        #expect(apply(PaymentUpdate(reason: .cardLost), to: payment).reason == .cardLost)
        #expect(apply(PaymentUpdate(reason: .some(nil)), to: payment).reason == nil)
    }

    @Test("what the platform says of a trade is kept, what it leaves out is not lost")
    func trades() throws {
        let known = Trade(id: "T1", paid: Money(fen: 1_200), balance: Money(fen: 900))
        let payment = try Payment.sample(.settled, trade: known)
        #expect(apply(PaymentUpdate(trade: Trade()), to: payment).tradeID == "T1")
        #expect(apply(PaymentUpdate(trade: Trade()), to: payment).paidAmount == Money(fen: 1_200))
        let next = apply(PaymentUpdate(trade: Trade(balance: Money(fen: 5))), to: payment)
        #expect(next.balance == Money(fen: 5))
        #expect(next.tradeID == "T1")
        #expect(apply(PaymentUpdate(trade: known), to: try .sample()).paidAmount?.fen == 1_200)
    }

    @Test("whether it was offline changes only when the update says so")
    func offline() throws {
        let payment = try Payment.sample(.accepted, offline: true)
        #expect(apply(PaymentUpdate(.settled), to: payment).offline)
        #expect(!apply(PaymentUpdate(.settled, offline: false), to: payment).offline)
        #expect(apply(PaymentUpdate(.accepted, offline: true), to: try .sample()).offline)
    }

    @Test(
        "each change of state and each new order is a line of the history, nothing else is",
        arguments: [
            (PaymentUpdate(), false), (PaymentUpdate(.pending), false),
            (PaymentUpdate(.settled), true), (PaymentUpdate(reason: .cardLost), false),
            (PaymentUpdate(send: .begins), false), (PaymentUpdate(trade: Trade(id: "T")), false),
            (PaymentUpdate(renewsOrder: true), true), (PaymentUpdate(note: "a note"), false),
            (PaymentUpdate(.settled, renewsOrder: true), true),
        ])
    func recorded(update: PaymentUpdate, isRecorded: Bool) throws {
        let payment = try Payment.sample(.pending, revision: 3)
        #expect(payment.isRecorded(update) == isRecorded)
        let next = apply(update, to: payment)
        #expect(next.revision == (isRecorded ? 4 : 3))
        #expect(next.updatedAt == later)
    }

    @Test("every legal change is applied", arguments: PaymentState.allCases)
    func legal(from: PaymentState) throws {
        let payment = try Payment.sample(from)
        for to in from.successors {
            #expect(apply(PaymentUpdate(to), to: payment).state == to)
        }
        #expect(apply(PaymentUpdate(from), to: payment).state == from)
    }

    @Test("a change that the contract forbids stops the program instead of being written")
    func illegal() async {
        await #expect(processExitsWith: .failure) {
            _ = try Payment.sample(.settled).applying(
                PaymentUpdate(.accepted), at: Timestamp(milliseconds: 0), freshOrder: "")
        }
    }
}
