import PeakBooks
import Testing

@Suite("What was told beside what was charged")
struct BooksTests {
    private static let lost = "LOST"
    private static let poor = "POOR"

    /// One payment, what its payer was told, and its order: how often charged and refunded.
    private func books(
        _ state: String, told: String?, card: String? = "CARD", amount: Int64 = 1_500,
        order: (charges: Int, refunds: Int)? = nil, sum: Int64 = 1_500, of payer: String = "CARD"
    ) -> Books {
        let trade = order.map { order in
            Books.Trade(
                seq: "A", card: payer, amount: sum, charges: order.charges,
                refunds: order.refunds)
        }
        let net = order.map { Int64($0.charges - $0.refunds) } ?? 0
        return Books(
            told: told.map { ["A": $0] } ?? [:],
            payments: [Books.Payment(seq: "A", state: state, amount: amount, card: card)],
            trades: trade.map { [$0] } ?? [], spent: net * sum, lostCard: Self.lost,
            poorCard: Self.poor)
    }

    private func rules(_ books: Books) -> Set<Books.Finding.Rule> {
        Set(books.findings.map(\.rule))
    }

    @Test("what was kept is no finding")
    func kept() {
        #expect(rules(books("settled", told: "settled", order: (1, 0))) == [])
        #expect(rules(books("settled", told: "accepted", order: (1, 0))) == [])
        #expect(rules(books("settled", told: "settled", card: nil, order: (1, 0))) == [])
        #expect(rules(books("refused", told: "refused")) == [])
        #expect(rules(books("reversed", told: "reversing", order: (1, 1))) == [])
        #expect(rules(books("cancelled", told: "cancelled", card: nil)) == [])
    }

    @Test("an approval that is not charged once, in full, to its card is found")
    func approved() {
        let orders: [(charges: Int, refunds: Int)?] = [nil, (0, 0), (2, 0), (2, 1), (1, 1)]
        for order in orders {
            let found = rules(books("settled", told: "settled", order: order))
            #expect(found.contains(.approved), "\(String(describing: order))")
        }
        let short = books("settled", told: "settled", order: (1, 0), sum: 1_499)
        #expect(rules(short) == [.approved, .sums])
        let other = books("settled", told: "settled", order: (1, 0), of: "OTHER")
        #expect(rules(other) == [.approved])
        #expect(rules(books("refused", told: "accepted")) == [.approved])
        #expect(rules(books("reversed", told: "settled", order: (1, 1))) == [.approved])
    }

    @Test("a charge on somebody who was told no is found")
    func declined() {
        let refused = books("refused", told: "refused", order: (1, 0))
        #expect(rules(refused) == [.declined, .sums])
        #expect(rules(books("settled", told: "refused", order: (1, 0))) == [.declined])
        let half = books("reversed", told: "reversing", order: (2, 1))
        #expect(rules(half).contains(.declined))
    }

    @Test("only an offline approval of the lost or the poor card may be left to people, uncharged")
    func left() {
        #expect(rules(books("held", told: "accepted", card: Self.lost)) == [])
        #expect(rules(books("rejected", told: "accepted", card: Self.poor)) == [])
        #expect(books("rejected", told: "accepted", card: Self.poor).leftToPeople == 1)
        for card in ["CARD", Self.lost] {
            let rejected = rules(books("rejected", told: "accepted", card: card))
            #expect(rejected == [.approved, .unfinished])
        }
        #expect(rules(books("held", told: "settled", card: Self.lost)).contains(.approved))
        let charged = books(
            "rejected", told: "accepted", card: Self.poor, order: (1, 0), of: Self.poor)
        #expect(rules(charged) == [.declined, .sums])
    }

    @Test("who waits in the end, or heard nothing, is found")
    func open() {
        #expect(rules(books("settled", told: nil, order: (1, 0))) == [.untold])
        #expect(rules(books("settled", told: "pending", order: (1, 0))) == [.untold])
        #expect(rules(books("accepted", told: "accepted")) == [.approved, .unfinished])
        #expect(rules(books("reversing", told: "reversing")) == [.declined, .unfinished])
    }

    @Test("an order of nobody, and a payment that was forgotten, are found")
    func strangers() {
        var stranger = books("refused", told: "refused")
        stranger.trades = [
            Books.Trade(seq: "B", card: "CARD", amount: 1, charges: 1, refunds: 1)
        ]
        #expect(rules(stranger) == [.stranger])
        var forgotten = books("settled", told: "settled", order: (1, 0))
        forgotten.payments = []
        #expect(rules(forgotten).isSuperset(of: [.approved, .stranger, .sums]))
    }

    @Test("under a fresh number the payment is judged by that, and the old one must be free")
    func renewed() {
        var renewed = books("settled", told: "accepted", order: (1, 1))
        renewed.payments[0].order = "B"
        renewed.trades.append(
            Books.Trade(seq: "B", card: "CARD", amount: 1_500, charges: 1, refunds: 0))
        renewed.spent = 1_500
        #expect(rules(renewed) == [])
        renewed.trades[0].refunds = 0
        #expect(rules(renewed) == [.declined, .sums])
    }

    @Test("a fen that only the cards know of is found")
    func sums() {
        var off = books("settled", told: "settled", order: (1, 0))
        off.spent += 1
        #expect(rules(off) == [.sums])
    }
}
