import TerminalTesting
import Testing

@testable import TerminalCore

@Suite("What a receipt may say")
struct ReceiptTests {
    /// The states that a payment went through, why it stands in the last one, and the receipt's
    /// words about it.
    typealias Story = (
        states: [PaymentState], reason: Reason?, outcome: Receipt.Outcome, charge: Receipt.Charge
    )

    static let stories: [Story] = [
        ([.awaitingCard, .pending, .settled], nil, .approved, .taken),
        ([.pending, .accepted], .platformUnreachable, .approved, .owed),
        ([.pending, .accepted, .settled], .platformUnreachable, .approved, .taken),
        ([.accepted, .held], .cardLost, .approved, .owed),
        ([.accepted, .rejected], .balanceTooLow, .approved, .owed),
        ([.accepted, .rejected, .writtenOff], .balanceTooLow, .approved, .notTaken),
        ([.awaitingCard, .cancelled], .cancelled, .cancelled, .notTaken),
        ([.awaitingCard, .refused], .cardLost, .declined, .notTaken),
        ([.pending, .refused], .platformConflict, .declined, .unclear),
        ([.pending, .reversing], .platformUnreachable, .declined, .returning),
        ([.pending, .reversing, .reversed], .interrupted, .declined, .returned),
        ([.pending, .refused, .reversing], .platformUnreachable, .declined, .returning),
        ([.pending, .settled, .reversing], nil, .refunded, .returning),
        ([.pending, .settled, .reversing, .reversed], nil, .refunded, .returned),
        ([.accepted, .reversing], .platformUnreachable, .refunded, .returning),
        ([.pending, .accepted, .reversing], .storageFailed, .declined, .returning),
        ([.settled, .reversing, .writtenOff], nil, .refunded, .unclear),
        ([.pending, .reversing, .writtenOff], .platformForgot, .declined, .unclear),
    ]

    /// A payment that went through `states`, one a second from the start on.
    static func payment(_ states: [PaymentState], _ reason: Reason? = nil) -> Payment {
        var payment = Sample.payment(states.last ?? .pending)
        payment.reason = reason
        payment.balance = Money(fen: 498_600)
        return payment
    }

    static func history(_ states: [PaymentState]) -> [PaymentChange] {
        states.enumerated().map { index, state in
            PaymentChange(
                id: Int64(index + 1), seq: "K0011767614400000", at: Sample.start + .seconds(index),
                from: index == 0 ? nil : states[index - 1], to: state, reason: nil,
                order: "K0011767614400000", by: "agent", note: nil)
        }
    }

    static func receipt(_ states: [PaymentState], _ reason: Reason? = nil) -> Receipt? {
        Receipt(payment(states, reason), history: history(states), terminalName: "Canteen")
    }

    @Test("it tells what the payer was told, and what became of the money", arguments: stories)
    func story(_ story: Story) throws {
        let receipt = try #require(Self.receipt(story.states, story.reason))
        #expect(receipt.outcome == story.outcome)
        #expect(receipt.charge == story.charge)
        #expect((receipt.reason != nil) == (story.outcome == .declined))
        #expect((receipt.balance != nil) == (story.charge == .taken))
        #expect((receipt.refundTime != nil) == (story.outcome == .refunded))
    }

    @Test("each state has a story, or no receipt at all")
    func states() {
        let told = Set(Self.stories.compactMap(\.states.last))
        for state in PaymentState.allCases {
            let hasReceipt = Self.receipt([state]) != nil
            #expect(hasReceipt == told.contains(state), "\(state)")
            #expect(hasReceipt == state.isDecided, "\(state)")
        }
    }

    @Test("it has the moment of the outcome and of the refund, not those of other changes")
    func moments() throws {
        let receipt = try #require(
            Self.receipt([.awaitingCard, .pending, .accepted, .settled, .reversing, .reversed]))
        #expect(receipt.time == Sample.start + .seconds(2))
        #expect(receipt.refundTime == Sample.start + .seconds(4))
    }

    @Test("it shows the end of the card's number, and the terminal of the order number")
    func names() throws {
        var payment = Self.payment([.settled])
        payment.seq = "LANE71767614400000"
        payment.order = "LANE71767614400009"
        let receipt = try #require(
            Receipt(payment, history: [], terminalName: "Canteen", isCopy: true))
        #expect(receipt.card == "****0001")
        #expect((receipt.terminalID, receipt.terminalName) == ("LANE7", "Canteen"))
        #expect(receipt.order == "LANE71767614400009")
        #expect(receipt.time == payment.createdAt)
        #expect(receipt.isCopy)
    }
}
