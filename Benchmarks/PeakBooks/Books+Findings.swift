extension Books {
    /// One thing that must not be.
    public struct Finding: Hashable, Sendable {
        /// The rule that it breaks.
        public enum Rule: String, CaseIterable, Sendable {
            case approved = "approved, not charged once"
            case declined = "declined, but charged"
            case stranger = "orders of nobody"
            case unfinished = "without an end"
            case untold = "without an answer"
            case sums = "sums that differ"
        }

        public let rule: Rule
        public let text: String

        init(_ rule: Rule, _ text: String) {
            self.rule = rule
            self.text = text
        }
    }

    /// What a payer hears as yes.
    private static let yes: Set<String> = ["settled", "accepted", "held", "rejected"]
    /// What a payer hears as no.
    private static let no: Set<String> = ["refused", "reversing", "reversed", "cancelled"]
    /// The ends without money.
    private static let free: Set<String> = ["refused", "reversed", "cancelled"]

    /// Everything that must not be.
    public var findings: [Finding] {
        let orders = Dictionary(grouping: trades, by: \.seq)
        return payments.flatMap { judge($0, orders) } + strangers + unlisted + sums
    }

    /// The approved payments that were left to an operator: their cards turned out lost or poor.
    public var leftToPeople: Int { payments.filter(isForPeople).count }

    private func judge(_ payment: Payment, _ orders: [String: [Trade]]) -> [Finding] {
        let current = orders[payment.order ?? payment.seq] ?? []
        let isRenewed = payment.order.map { $0 != payment.seq } ?? false
        let former = isRenewed ? orders[payment.seq] ?? [] : []
        switch payment.state {
        case "settled":
            return heard(payment) + settled(payment, current) + uncharged(payment, former)
        case _ where Self.free.contains(payment.state) || isForPeople(payment):
            return heard(payment) + uncharged(payment, current + former)
        default:
            return heard(payment) + [
                Finding(.unfinished, "\(payment.seq) is \(payment.state) in the end")
            ]
        }
    }

    /// The only approvals that may end without money, and only those given offline.
    private func isForPeople(_ payment: Payment) -> Bool {
        guard told[payment.seq] == "accepted" else { return false }
        return (payment.state == "held" && payment.card == lostCard)
            || (payment.state == "rejected" && payment.card == poorCard)
    }

    /// Whether its payer was told what it is.
    private func heard(_ payment: Payment) -> [Finding] {
        let (seq, state) = (payment.seq, payment.state)
        guard let word = told[seq] else {
            return [Finding(.untold, "\(seq) is \(state), and its payer was told nothing")]
        }
        if Self.yes.contains(word) {
            if state == "settled" || isForPeople(payment) { return [] }
            return [Finding(.approved, "\(seq) was told \(word) and is \(state)")]
        }
        if Self.no.contains(word) {
            if Self.free.contains(state) { return [] }
            return [Finding(.declined, "\(seq) was told \(word) and is \(state)")]
        }
        return [Finding(.untold, "\(seq) was told only that it is \(word)")]
    }

    /// A settled payment was charged once, in full, to its own card, and nothing was given back.
    private func settled(_ payment: Payment, _ trades: [Trade]) -> [Finding] {
        let isOurs = trades.allSatisfy { trade in
            trade.amount == payment.amount && (payment.card ?? trade.card) == trade.card
        }
        let charges = trades.reduce(0) { $0 + $1.charges }
        let refunds = trades.reduce(0) { $0 + $1.refunds }
        if trades.count == 1, isOurs, charges == 1, refunds == 0 { return [] }
        let money = "\(trades.count) orders, charged \(charges), refunded \(refunds) times"
        return [
            Finding(
                .approved,
                "\(payment.seq) is settled: \(money)\(isOurs ? "" : ", another sum or card")")
        ]
    }

    private func uncharged(_ payment: Payment, _ trades: [Trade]) -> [Finding] {
        trades.filter { $0.charges != $0.refunds }.map { trade in
            Finding(
                .declined,
                "\(payment.seq) is \(payment.state): order \(trade.seq) charged \(trade.charges), "
                    + "refunded \(trade.refunds) times")
        }
    }

    private var strangers: [Finding] {
        let known = Set(payments.flatMap { [$0.seq, $0.order ?? $0.seq] })
        return trades.filter { !known.contains($0.seq) }.map {
            Finding(.stranger, "order \($0.seq) belongs to no payment")
        }
    }

    /// What somebody was told of, and the terminal has forgotten.
    private var unlisted: [Finding] {
        let known = Set(payments.map(\.seq))
        return told.filter { !known.contains($0.key) }.map { seq, word in
            let rule = Self.yes.contains(word) ? Finding.Rule.approved : .stranger
            return Finding(rule, "\(seq) was told \(word) and is not in the ledger")
        }
    }

    private var sums: [Finding] {
        let settled = payments.filter { $0.state == "settled" }
            .reduce(Int64(0)) { $0 + $1.amount }
        let taken = trades.reduce(Int64(0)) { sum, trade in
            sum + trade.amount * Int64(trade.charges - trade.refunds)
        }
        if settled == taken, taken == spent { return [] }
        return [
            Finding(
                .sums,
                "settled here \(settled) fen, taken there \(taken) fen, cards have \(spent) less")
        ]
    }
}
