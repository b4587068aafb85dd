/// A trade as the platform tells it, from wire/sovell.md.
struct TradeAnswer: Encodable, Hashable, Sendable {
    struct Detail: Encodable, Hashable, Sendable {
        let tags: [String]
        /// Card payments only (wire/sovell.md).
        let card: String?
        let amount: Int64
        let balance: Int64
    }

    let id: String
    let seq: String
    let trade_id: String
    let account_id: String
    let revision: Int
    let title: String
    let create_time: Int64
    let status: String
    let detail: [Detail]

    init(_ trade: SandboxTrade, accountID: String) {
        id = trade.id
        seq = trade.seq
        trade_id = trade.id
        account_id = accountID
        revision = trade.revision
        title = trade.title
        create_time = trade.created
        status = trade.status
        detail =
            trade.charges == 0
            ? []
            : [
                Detail(
                    tags: [trade.app], card: trade.cardless ? nil : trade.card,
                    amount: trade.amount, balance: trade.balance)
            ]
    }
}
