internal import FoundationEssentials
internal import OAuth
internal import TerminalCore

/// Turns what came over the wire into a ``PlatformAnswer``, once; nothing above reads a status
/// code.
struct Classification {
    /// Status codes of a definite "no" and what they mean, as configured.
    let refusalReasons: [Int: Reason]

    /// Status codes that say nothing about the order: ask again later. 401 is handled before.
    private static let passing: Set<Int> = [404, 405, 408, 425, 429]

    /// An order that was made this long before its payment looks like somebody else's. Wide,
    /// because the clocks of terminal and platform differ, and never enough on its own: a false
    /// "not ours" would charge again.
    static let foreignAge = Duration.seconds(24 * 3_600)

    /// The answer to a POST, but for 401 and 406, which need another call first.
    func posted(_ response: WireResponse, of payment: Payment) -> PlatformAnswer {
        switch response.status {
        case 200:
            guard let trade = trade(response, payment) else { return .unknown }
            // A code is posted once, and a paid number is 406: what answers is our own order.
            return payment.isByCode
                ? state(of: trade, payment, as: .ours) : state(of: trade, payment)
        case 400..<500 where !Self.passing.contains(response.status) && isJSON(response.body):
            return .refused(refusalReasons[response.status] ?? .platformRefused)
        default: return later(response)
        }
    }

    /// The answer to a GET by order number.
    func asked(_ response: WireResponse, of payment: Payment) -> PlatformAnswer {
        switch response.status {
        case 200:
            guard let trade = trade(response, payment) else { return .unknown }
            return state(of: trade, payment)
        case 404 where isJSONOrEmpty(response.body): return .absent
        default: return later(response)
        }
    }

    /// The answer to the GET after a 406, which tells who paid under our number.
    ///
    /// Only another card, or a larger sum, proves that it was somebody else, so that the payment
    /// may go on under a fresh number. Our own earlier send is believed when card and sum are ours,
    /// whatever the clocks say. All else is for an operator: a revived terminal whose payments were
    /// replayed finds its own charge under a number that it never sent.
    func alreadyPaid(_ response: WireResponse, of payment: Payment) -> PlatformAnswer {
        guard response.status == 200, let trade = trade(response, payment) else {
            return .unknown
        }
        let owner = OrderOwner(of: trade, payment)
        if owner == .stranger { return .collision }
        // This POST is counted.
        let wasSentBefore = payment.attempts > 1
        let sum = TakenSum(of: trade)
        let isExact = owner == .ours && sum == .sum(payment.amount)
        if wasSentBefore, isExact || !looksForeign(trade, payment) {
            return state(of: trade, payment)
        }
        let isLarger = (sum.believed ?? .zero) > payment.amount
        return isLarger && owner != .doubtful ? .collision : conflict(trade)
    }

    private func looksForeign(_ trade: TradeAnswer, _ payment: Payment) -> Bool {
        guard let created = trade.create_time else { return false }
        return payment.createdAt - Timestamp(milliseconds: created) > Self.foreignAge
    }

    /// The answer to a DELETE: done when `closed`.
    func reversed(_ response: WireResponse, of payment: Payment) -> PlatformAnswer {
        switch response.status {
        case 200:
            guard let trade = trade(response, payment) else { return .unknown }
            return trade.status == .closed ? .dead : .processing
        case 404 where isJSONOrEmpty(response.body): return .absent
        default: return later(response)
        }
    }

    private func later(_ response: WireResponse) -> PlatformAnswer {
        .later(
            after: response.retryAfter,
            redirect: response.isRedirect ? Redirect(to: response.redirectPlace) : nil)
    }

    /// The order that was asked for. A body that names another one came from somewhere on the way,
    /// a proxy that mixed up two answers say, and tells nothing about ours.
    private func trade(_ response: WireResponse, _ payment: Payment) -> TradeAnswer? {
        guard let trade = TradeAnswer(response.body) else { return nil }
        if let seq = trade.seq, seq != payment.order { return nil }
        return trade
    }

    private func state(
        of trade: TradeAnswer, _ payment: Payment, as known: OrderOwner? = nil
    ) -> PlatformAnswer {
        let owner = known ?? OrderOwner(of: trade, payment)
        guard owner == .ours || owner == .unnamed else { return conflict(trade) }
        switch trade.status {
        case .normal, .refund: return charged(trade, payment, isNamed: owner == .ours)
        case .accepted, .refunding: return .processing
        case .fail, .closed: return .dead
        }
    }

    /// A paid order. A sum that no payment can have is not believed, but the card that the trade
    /// names is: what was taken from it is undone where our payer is told "no".
    private func charged(
        _ trade: TradeAnswer, _ payment: Payment, isNamed: Bool
    ) -> PlatformAnswer {
        switch TakenSum(of: trade) {
        case .sum(let sum) where sum > payment.amount: .overcharged(made(trade))
        case .sum, .untold: .charged(made(trade))
        case .impossible: isNamed ? .overcharged(made(trade)) : conflict(trade)
        }
    }

    private func conflict(_ trade: TradeAnswer) -> PlatformAnswer {
        .conflict(trade.status.isPaid ? made(trade) : nil)
    }

    private func made(_ trade: TradeAnswer) -> Trade {
        Trade(
            id: trade.trade_id ?? trade.id, paid: TakenSum(of: trade).believed,
            balance: trade.detail?.compactMap(\.balance).last.map(Money.init(fen:)))
    }

    /// A "no" counts only when it comes from the trade endpoint, which speaks JSON.
    private func isJSON(_ body: [UInt8]) -> Bool {
        (try? JSONDecoder().decode(AnyObject.self, from: Data(body))) != nil
    }

    private func isJSONOrEmpty(_ body: [UInt8]) -> Bool { body.isEmpty || isJSON(body) }

    /// Any JSON object, whatever its members.
    private struct AnyObject: Decodable {
        init(from decoder: any Decoder) throws {
            _ = try decoder.container(keyedBy: Key.self)
        }

        private enum Key: CodingKey {}
    }
}
