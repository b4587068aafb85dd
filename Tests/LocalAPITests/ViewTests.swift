import Foundation
import Ledger
import SyncEngine
import TerminalCore
import TerminalTesting
import Testing

@testable import LocalAPI

@Suite("What callers see") struct ViewTests {
    /// A payment with a value in every member.
    private var full: Payment {
        var payment = Sample.payment(.accepted, sends: 2)
        payment.reason = .platformUnreachable
        payment.reference = "receipt-1"
        payment.offline = true
        payment.updatedAt = Sample.start + .seconds(2)
        payment.toldAt = Sample.start + .seconds(1)
        payment.order = "K0011767614400009"
        payment.tradeID = "T1"
        payment.paidAmount = Money(fen: 1_400)
        payment.balance = Money(fen: 498_600)
        return payment
    }

    private let change = PaymentChange(
        id: 7, seq: "K0011767614400000", at: Sample.start, from: .pending, to: .accepted,
        reason: .platformUnreachable, order: "K0011767614400000", by: "agent", note: "no answer")

    private func json(_ value: some Encodable) throws -> String {
        String(decoding: try JSONAnswer.encode(value), as: UTF8.self)
    }

    @Test("a payment has the contract's members; a POS sees the end of the card's number")
    func payment() throws {
        let expected = """
            {"amount":1500,"attempts":2,"balance":498600,"card":"****0001",\
            "created_at":1767614400000,"expires_at":1767614460000,"offline":true,\
            "order":"K0011767614400009","paid_amount":1400,"reason":"platform_unreachable",\
            "reference":"receipt-1","seq":"K0011767614400000","state":"accepted","title":"Lunch",\
            "told_at":1767614401000,"trade_id":"T1","updated_at":1767614402000}
            """
        #expect(try json(PaymentView(full)) == expected)
    }

    @Test("an operator sees the whole number and the history")
    func whole() throws {
        let expected = """
            {"amount":1500,"attempts":2,"balance":498600,"card":"CARD0001",\
            "created_at":1767614400000,"expires_at":1767614460000,\
            "history":[{"at":1767614400000,"by":"agent","from":"pending","id":7,\
            "note":"no answer","order":"K0011767614400000","reason":"platform_unreachable",\
            "to":"accepted"}],"offline":true,"order":"K0011767614400009","paid_amount":1400,\
            "reason":"platform_unreachable","reference":"receipt-1","seq":"K0011767614400000",\
            "state":"accepted","title":"Lunch","told_at":1767614401000,"trade_id":"T1",\
            "updated_at":1767614402000}
            """
        #expect(try json(PaymentView(full, whole: true, history: [change])) == expected)
    }

    @Test("an operator sees why a payment waits; what is not known is left out")
    func waiting() throws {
        let next = Sample.start + .seconds(9)
        let pause = WaitingCause(.pause, nextTry: next, trouble: .noAnswer, tries: 3)
        #expect(
            try json(WaitingView(pause))
                == #"{"next_attempt_at":1767614409000,"tries":3,"trouble":"no_answer","#
                + #""why":"pause"}"#)
        #expect(try json(WaitingView(WaitingCause(.decision))) == #"{"why":"decision"}"#)
        let text = try json(PaymentView(full, whole: true, waiting: WaitingCause(.turn)))
        #expect(text.hasSuffix(#""updated_at":1767614402000,"waiting":{"why":"turn"}}"#))
    }

    @Test("what a payment does not have yet is left out, its own order number too")
    func bare() throws {
        let payment = Payment(
            id: 1, seq: "K0011767614400000", state: .awaitingCard, amount: Money(fen: 1),
            title: "", createdAt: Sample.start, updatedAt: Sample.start, expiresAt: Sample.start,
            platform: Sample.platform, order: "K0011767614400000")
        let expected = """
            {"amount":1,"attempts":0,"created_at":1767614400000,"expires_at":1767614400000,\
            "offline":false,"seq":"K0011767614400000","state":"awaiting_card","title":"",\
            "updated_at":1767614400000}
            """
        #expect(try json(PaymentView(payment)) == expected)
        #expect(try json(PaymentView(payment, whole: true)) == expected)
    }

    @Test(
        "never more than half of a number is shown",
        arguments: [
            ("04A23B1C5D6E80", "****6E80"), ("CARD0001", "****0001"), ("1234567", "****567"),
            ("AB1", "****1"), ("A", "****"),
        ])
    func masked(_ number: String, _ shown: String) throws {
        var payment = Sample.payment()
        payment.card = try CardNumber(number)
        #expect(PaymentView(payment).card == shown)
        #expect(PaymentView(payment, whole: true).card == number)
    }

    @Test("each state has the contract's word", arguments: PaymentState.allCases)
    func states(_ state: PaymentState) {
        #expect(PaymentView(Sample.payment(state)).state == state.rawValue)
    }

    @Test("a page of payments says where the next one begins, and null at the end")
    func pages() throws {
        let payment = Sample.payment()
        #expect(PaymentsView(PaymentPage([payment], next: 1)).next == "1")
        #expect(PaymentsView(PaymentPage([payment])).next == nil)
        #expect(try json(PaymentsView(PaymentPage([]))) == #"{"next":null,"payments":[]}"#)
        #expect(PaymentsView(PaymentPage([payment])).payments.map(\.card) == ["CARD0001"])
        #expect(
            try json(PaymentsView(PaymentPage([], next: 7, lookedAt: 5_000)))
                == #"{"looked_at":5000,"next":"7","payments":[]}"#)
        let causes = [payment.seq: WaitingCause(.answer)]
        let seen = PaymentsView(PaymentPage([payment]), waiting: causes).payments
        #expect(seen.map(\.waiting?.why) == ["answer"])
    }

    static let screens: [(screen: Screen, json: String)] = [
        (.idle, #"{"kind":"idle"}"#),
        (
            .price(Session.Price(amount: Money(fen: 1_500), title: "Lunch")),
            #"{"amount":1500,"kind":"price","title":"Lunch"}"#
        ),
        (
            .awaitingCard(
                Session.Waiting(
                    seq: "K1", amount: Money(fen: 700), title: "Tea", expiresAt: Sample.start)),
            #"{"amount":700,"expires_at":1767614400000,"kind":"awaiting_card","seq":"K1","#
                + #""title":"Tea"}"#
        ),
        (.reading, #"{"kind":"reading"}"#),
        (.paying(amount: Money(fen: 5)), #"{"amount":5,"kind":"paying"}"#),
        (
            .approved(
                seq: "K1", amount: Money(fen: 5), balance: Money(fen: 0), offline: false),
            #"{"amount":5,"balance":0,"kind":"approved","offline":false,"seq":"K1"}"#
        ),
        (
            .approved(seq: "K1", amount: Money(fen: 5), balance: nil, offline: true),
            #"{"amount":5,"kind":"approved","offline":true,"seq":"K1"}"#
        ),
        (
            .declined(seq: "K1", reason: .cardLost),
            #"{"kind":"declined","reason":"card_lost","seq":"K1"}"#
        ),
        (
            .declined(seq: "K1", reason: .offlineDisabled, isReturning: true),
            #"{"kind":"declined","reason":"offline_disabled","returning":true,"seq":"K1"}"#
        ),
        (
            .declined(seq: nil, reason: .cardUnreadable),
            #"{"kind":"declined","reason":"card_unreadable"}"#
        ),
        (.cancelled(seq: "K1"), #"{"kind":"cancelled","seq":"K1"}"#),
        (
            .outOfService(["no card reader is plugged in"]),
            #"{"kind":"out_of_service","problems":["no card reader is plugged in"]}"#
        ),
    ]

    @Test("each screen is an object that a page can switch over", arguments: screens)
    func screen(_ row: (screen: Screen, json: String)) throws {
        #expect(try json(ScreenView(row.screen)) == row.json)
    }

    /// What the payer's page tells apart: the kinds, and two outcomes that mean something else.
    static let kinds =
        Set(screens.map { ScreenView($0.screen).kind }).sorted()
        + ["approved_offline", "card_lost", "connecting"]
}
