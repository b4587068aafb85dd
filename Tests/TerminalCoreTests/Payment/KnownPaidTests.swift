import Testing

@testable import TerminalCore

@Suite("What is known about an order")
struct KnownPaidTests {
    private let later = Timestamp(milliseconds: 1_700_000_005_000)

    private func apply(_ update: PaymentUpdate, to payment: Payment) -> Payment {
        payment.applying(update, at: later, freshOrder: "K0011700000009999")
    }

    @Test("a paid order without an id goes by its number, and stays known as paid")
    func withoutID() throws {
        let fresh = try Payment.sample()
        #expect(fresh.wasNeverSent && !fresh.isKnownPaid)
        let paid = apply(PaymentUpdate(trade: Trade()), to: fresh)
        #expect(paid.tradeID == paid.order && paid.isKnownPaid && !paid.wasNeverSent)
        let named = apply(PaymentUpdate(trade: Trade(id: "T1")), to: fresh)
        #expect(apply(PaymentUpdate(trade: Trade()), to: named).tradeID == "T1")
    }

    @Test("a fresh order has neither sends nor a trade")
    func renewed() throws {
        let sent = apply(PaymentUpdate(send: .begins), to: try .sample())
        #expect(!sent.wasNeverSent)
        let trade = Trade(id: "T1", paid: Money(fen: 1), balance: Money(fen: 2))
        let paid = apply(PaymentUpdate(trade: trade, send: .ended), to: sent)
        let renewed = apply(PaymentUpdate(renewsOrder: true), to: paid)
        #expect(renewed.wasNeverSent && renewed.balance == nil && !renewed.mayBeCharged)
    }

    @Test("only a payment that was declined for a conflict, and never known as paid, is in doubt")
    func inDoubt() throws {
        for state in PaymentState.allCases {
            let isDeclined = state == .refused || state == .reversed
            let conflict = try Payment.sample(state, reason: .platformConflict)
            #expect(conflict.isInDoubt == isDeclined)
            let refused = try Payment.sample(state, reason: .platformRefused)
            #expect(!refused.isInDoubt)
            let paid = try Payment.sample(
                state, reason: .platformConflict, trade: Trade(id: "T1"))
            #expect(!paid.isInDoubt)
        }
    }

    @Test("lapsed sends stay attempts, but can charge no more")
    func lapsed() throws {
        let sent = try Payment.sample(attempts: 2, unresolved: 2, sentAt: later)
        let lapsed = apply(PaymentUpdate(send: .lapsed), to: sent)
        #expect(lapsed.attempts == 2 && lapsed.unresolved == 0 && lapsed.sentAt == nil)
        #expect(!lapsed.mayBeCharged && !lapsed.wasNeverSent)
    }
}
