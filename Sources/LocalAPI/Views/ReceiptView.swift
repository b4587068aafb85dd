internal import TerminalCore

/// What a payer may be given about a payment, for a POS that lays its paper out by itself.
struct ReceiptView: Encodable {
    struct Terminal: Encodable {
        var id: String
        var name: String
    }

    /// A moment for programs and for people.
    struct Moment: Encodable {
        var at: Int64
        /// Local time with its offset.
        var local: String

        init(_ moment: Timestamp) { (at, local) = (moment.milliseconds, moment.localText) }
    }

    var seq: String
    var order: String?
    var outcome: String
    var charge: String
    var reason: String?
    var amount: Int64
    var paidAmount: Int64?
    var balance: Int64?
    var title: String
    var reference: String?
    /// Masked for operators, too: paper is carried away.
    var card: String?
    var tradeId: String?
    var terminal: Terminal
    var time: Moment
    var refundTime: Moment?
    var copy: Bool

    init(_ receipt: Receipt) {
        seq = receipt.seq
        order = receipt.order
        outcome = receipt.outcome.rawValue
        charge = receipt.charge.rawValue
        reason = receipt.reason?.rawValue
        amount = receipt.amount.fen
        paidAmount = receipt.paidAmount?.fen
        balance = receipt.balance?.fen
        title = receipt.title
        reference = receipt.reference
        card = receipt.card
        tradeId = receipt.tradeID
        terminal = Terminal(id: receipt.terminalID, name: receipt.terminalName)
        time = Moment(receipt.time)
        refundTime = receipt.refundTime.map(Moment.init)
        self.copy = receipt.isCopy
    }
}
