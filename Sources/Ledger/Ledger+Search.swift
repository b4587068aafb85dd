internal import GRDB
internal import TerminalCore

extension Ledger {
    /// Newest first, and where the list goes on.
    ///
    /// With ``PaymentFilter/cardEnd`` a part may hold fewer than are wanted, even none, and yet go
    /// on: it ends after ``PaymentFilter/lookedAtMax`` payments.
    public nonisolated func page(
        _ filter: PaymentFilter
    ) async throws(LedgerError) -> PaymentPage {
        guard let end = filter.cardEnd else { return try await rows(filter) }
        var (rest, found, lookedAt) = (filter, [Payment](), 0)
        rest.limit = PaymentFilter.limitMax
        while true {
            let part = try await rows(rest)
            for payment in part.payments {
                lookedAt += 1
                guard payment.card?.ends(with: end) == true else { continue }
                found.append(payment)
                guard found.count == filter.limit else { continue }
                let next = payment.id == part.payments.last?.id ? part.next : payment.id
                return PaymentPage(found, next: next, lookedAt: lookedAt)
            }
            guard let next = part.next, lookedAt < PaymentFilter.lookedAtMax else {
                return PaymentPage(found, next: part.next, lookedAt: lookedAt)
            }
            rest.before = next
        }
    }

    /// What SQLite finds, all but the card.
    private nonisolated func rows(
        _ filter: PaymentFilter
    ) async throws(LedgerError) -> PaymentPage {
        // One more than is shown tells whether there is more.
        let found = try await read { db in
            let (clause, values) = filter.clause
            return try PaymentRow.fetch(
                db, self.cards, where: "\(clause) ORDER BY id DESC LIMIT ?",
                values + [filter.limit + 1])
        }
        let payments = Array(found.prefix(filter.limit))
        return PaymentPage(
            payments, next: found.count > payments.count ? payments.last?.id : nil)
    }
}
