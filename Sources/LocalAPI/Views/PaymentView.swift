internal import Ledger
internal import SyncEngine
internal import TerminalCore

/// The contract's payment object.
struct PaymentView: Encodable {
    var seq: String
    var state: String
    var reason: String?
    var amount: Int64
    var title: String
    var reference: String?
    var card: String?
    var offline: Bool
    var createdAt: Int64
    var updatedAt: Int64
    var expiresAt: Int64
    var toldAt: Int64?
    var tradeId: String?
    var order: String?
    var paidAmount: Int64?
    var balance: Int64?
    var attempts: Int
    /// Why it is not at its end; absent once it is.
    var waiting: WaitingView?
    var history: [ChangeView]?

    /// `whole` shows the whole card number: for the operator only, as are `waiting` and `history`.
    init(
        _ payment: Payment, whole: Bool = false, waiting: WaitingCause? = nil,
        history: [PaymentChange]? = nil
    ) {
        seq = payment.seq
        state = payment.state.rawValue
        reason = payment.reason?.rawValue
        amount = payment.amount.fen
        title = payment.title
        reference = payment.reference
        card = whole ? payment.card?.exposed : payment.card?.masked
        offline = payment.offline
        createdAt = payment.createdAt.milliseconds
        updatedAt = payment.updatedAt.milliseconds
        expiresAt = payment.expiresAt.milliseconds
        toldAt = payment.toldAt?.milliseconds
        tradeId = payment.tradeID
        order = payment.order == payment.seq ? nil : payment.order
        paidAmount = payment.paidAmount?.fen
        balance = payment.balance?.fen
        attempts = payment.attempts
        self.waiting = waiting.map(WaitingView.init)
        self.history = history?.map(ChangeView.init)
    }
}

/// What a payment waits for.
struct WaitingView: Encodable {
    var why: String
    /// When something is tried again, by the wall clock.
    var nextAttemptAt: Int64?
    /// What the last try brought.
    var trouble: String?
    /// Failed tries in a row; absent while there is none.
    var tries: Int?

    init(_ cause: WaitingCause) {
        why = cause.kind.rawValue
        nextAttemptAt = cause.nextTry?.milliseconds
        trouble = cause.trouble?.rawValue
        tries = cause.tries == 0 ? nil : cause.tries
    }
}

/// One line of history.
struct ChangeView: Encodable {
    var id: Int64
    var at: Int64
    var from: String?
    var to: String
    var reason: String?
    var order: String
    var by: String
    var note: String?

    init(_ change: PaymentChange) {
        id = change.id
        at = change.at.milliseconds
        from = change.from?.rawValue
        to = change.to.rawValue
        reason = change.reason?.rawValue
        order = change.order
        by = change.by
        note = change.note
    }
}

/// A page of payments, newest first.
struct PaymentsView: Encodable {
    var payments: [PaymentView]
    /// The cursor of the next page; null at the end.
    var next: String?
    /// In a search for a card alone: how many payments were looked at.
    var lookedAt: Int?

    init(_ page: PaymentPage, waiting: [String: WaitingCause] = [:]) {
        payments = page.payments.map { payment in
            PaymentView(payment, whole: true, waiting: waiting[payment.seq])
        }
        next = page.next.map { String($0) }
        lookedAt = page.lookedAt
    }

    private enum CodingKeys: String, CodingKey { case payments, next, lookedAt }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(payments, forKey: .payments)
        try container.encode(next, forKey: .next)
        try container.encodeIfPresent(lookedAt, forKey: .lookedAt)
    }
}
