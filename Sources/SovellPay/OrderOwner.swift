internal import TerminalCore

/// Whose order a trade under our number is, by what it says of itself.
enum OrderOwner: Hashable {
    /// It names our card and no other.
    case ours
    /// It names no card, or we have none to compare.
    case unnamed
    /// It names our card in another spelling, or beside another one: it may be ours.
    case doubtful
    /// It names another card.
    case stranger

    init(of trade: TradeAnswer, _ payment: Payment) {
        let cards = (trade.detail ?? []).compactMap(\.card)
        if cards.isEmpty {
            self = .unnamed
        } else if let own = payment.card?.exposed {
            self = Self.owner(of: cards, own)
        } else {
            self = Self.owner(of: trade, paidByCode: payment)
        }
    }

    /// A code names no card to compare, and the wallet that it stands for may have one: an order
    /// over just our sum may be ours. What was never sent cannot be; what the answer to our own
    /// POST has named is, whatever a voucher made of the sum.
    private static func owner(of trade: TradeAnswer, paidByCode payment: Payment) -> OrderOwner {
        if let id = trade.trade_id ?? trade.id, id == payment.tradeID { return .ours }
        if payment.wasNeverSent { return .stranger }
        return TakenSum(of: trade) == .sum(payment.amount) ? .unnamed : .doubtful
    }

    private static func owner(of cards: [String], _ own: String) -> OrderOwner {
        if cards.allSatisfy({ $0 == own }) { return .ours }
        let isNamed = cards.contains { plain($0) == plain(own) }
        return isNamed ? .doubtful : .stranger
    }

    /// A card's number without what other programs may add, change or drop: the `card/` of its
    /// code, the case of its letters, zeros in front.
    ///
    /// Nothing says that the platform does so, and two cards of a site may differ in just that: it
    /// is never more than a doubt.
    private static func plain(_ number: String) -> Substring {
        let lower = number.lowercased()
        let name = lower.hasPrefix("card/") ? lower.dropFirst("card/".count) : lower[...]
        return name.drop { $0 == "0" }
    }
}

/// What the details of a trade say was taken.
enum TakenSum: Hashable {
    /// Nothing is said.
    case untold
    case sum(Money)
    /// A negative part, or more than any payment can be: not to be believed.
    case impossible

    init(of trade: TradeAnswer) {
        let amounts = (trade.detail ?? []).compactMap(\.amount)
        let most = Money.paymentMax.fen
        guard !amounts.isEmpty else {
            self = .untold
            return
        }
        var total: Int64 = 0
        for amount in amounts {
            guard (0...most).contains(amount), total + amount <= most else {
                self = .impossible
                return
            }
            total += amount
        }
        self = .sum(Money(fen: total))
    }

    /// Nil when it is not told or not believed.
    var believed: Money? { if case .sum(let sum) = self { sum } else { nil } }
}
