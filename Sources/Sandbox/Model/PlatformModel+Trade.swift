/// An order as it comes in the body of `POST /sovellpay/v2/trade`; names are the wire's.
struct TradeOrder: Decodable, Hashable, Sendable {
    var seq: String?
    var title: String?
    var app: String?
    var intent: String?
    var expire: String?
    var sign: String?

    /// The fields that are signed: all that are there.
    var fields: [String: String] {
        let all = ["seq": seq, "title": title, "app": app, "intent": intent, "expire": expire]
        return all.compactMapValues { $0 }
    }

    /// The amount of `pay <amount>`: digits only, 1 fen to a million yuan.
    var amount: Int64? {
        guard let intent, intent.hasPrefix("pay ") else { return nil }
        let digits = intent.dropFirst(4)
        guard (1...9).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int64(digits).flatMap { (1...100_000_000).contains($0) ? $0 : nil }
    }
}

extension PlatformModel {
    /// Creates and pays an order, once for each seq: a paid one is 406, any other is told as it is.
    ///
    /// Assumed: a balance that is too low is 402 and leaves no order behind; a lost card's token
    /// pays, since only `st` tells (so that an agent that charges a lost card is seen doing it).
    mutating func tradePosted(
        _ order: TradeOrder, bearer: String?, now: Int64
    ) throws(Refusal) -> SandboxTrade {
        guard let payer = subject(bearer: bearer, now: now), payer != .terminal else {
            throw .unauthorised
        }
        guard let seq = order.seq, (1...64).contains(seq.utf8.count) else {
            throw .badRequest("seq is missing or longer than 64")
        }
        guard order.sign == RequestSign.make(order.fields, secret: clientSecret) else {
            throw .wrongSign
        }
        guard let amount = order.amount else { throw .badRequest("intent is not `pay <fen>`") }
        guard let app = order.app, let title = order.title, title.utf8.count <= 256 else {
            throw .badRequest("app or title is missing")
        }
        if let known = trades[seq] {
            guard ["closed", "fail", "accepted"].contains(known.status) else { throw .alreadyPaid }
            return known
        }
        return try create(
            seq: seq, payer: payer, amount: amount, title: title, app: app, now: now)
    }

    private mutating func create(
        seq: String, payer: TokenTable.Subject, amount: Int64, title: String, app: String,
        now: Int64
    ) throws(Refusal) -> SandboxTrade {
        guard let number = payer.cardNumber, let card = card(number) else {
            throw .unauthorised
        }
        let isCharged = newTradeStatus == "normal"
        guard !isCharged || card.balance >= amount else {
            throw Refusal(
                status: 402, error: "balance_too_low",
                description: "the card has \(card.balance) fen")
        }
        let trade = SandboxTrade(
            seq: seq, id: generator.hex(24), card: number, cardless: payer == .holder(number),
            amount: amount, title: title, app: app, created: now, status: newTradeStatus,
            balance: isCharged ? move(amount, from: number) : card.balance,
            charges: isCharged ? 1 : 0, refunds: 0, revision: 1)
        keep(trade)
        return trade
    }

    /// Any token may ask for any order.
    func tradeAsked(_ seq: String, bearer: String?, now: Int64) throws(Refusal) -> SandboxTrade {
        guard subject(bearer: bearer, now: now) != nil else { throw .unauthorised }
        guard let trade = trades[seq] else { throw .unknownOrder }
        return trade
    }

    /// Closes an order, giving back a charge in full; closing it again changes nothing.
    mutating func tradeDeleted(
        _ seq: String, sign: String?, bearer: String?, now: Int64
    ) throws(Refusal) -> SandboxTrade {
        guard subject(bearer: bearer, now: now) != nil else { throw .unauthorised }
        guard sign == RequestSign.make(["seq": seq], secret: clientSecret) else {
            throw .wrongSign
        }
        setTrade(seq, status: "closed")
        guard let trade = trades[seq] else { throw .unknownOrder }
        return trade
    }

    /// Moves an order to another status, charging or giving back what that status means.
    ///
    /// `normal` and `refund` are charged, `fail` and `closed` are not; the others leave the money
    /// where it is. False for an unknown seq.
    @discardableResult
    mutating func setTrade(_ seq: String, status: String) -> Bool {
        guard var trade = trades[seq] else { return false }
        guard trade.status != status else { return true }
        switch status {
        case "normal" where !trade.isCharged, "refund" where !trade.isCharged:
            trade.balance = move(trade.amount, from: trade.card)
            trade.charges += 1
        case "closed" where trade.isCharged, "fail" where trade.isCharged:
            trade.balance = move(-trade.amount, from: trade.card)
            trade.refunds += 1
        default: break
        }
        trade.status = status
        trade.revision += 1
        keep(trade)
        return true
    }
}
