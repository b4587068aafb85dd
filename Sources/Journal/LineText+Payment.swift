internal import Sealing
internal import TerminalCore

extension LineText.Entry {
    init(_ payment: Payment, _ sealedCard: String?, _ change: Int64?) {
        self.init(
            kind: LineText.payment, seq: payment.seq, order: payment.order, change: change,
            revision: payment.revision, state: payment.state.rawValue,
            reason: payment.reason?.rawValue, amount: payment.amount.fen, title: payment.title,
            reference: payment.reference, card: sealedCard ?? payment.card?.exposed,
            offline: payment.offline, decision: payment.decision?.word,
            created_at: payment.createdAt.milliseconds,
            updated_at: payment.updatedAt.milliseconds, expires_at: payment.expiresAt.milliseconds,
            told_at: payment.toldAt?.milliseconds, platform: payment.platform.host,
            client_id: payment.platform.clientID, attempts: payment.attempts,
            unresolved: payment.unresolved, in_flight: payment.inFlight,
            sent_at: payment.sentAt?.milliseconds, trade_id: payment.tradeID,
            paid_amount: payment.paidAmount?.fen, balance: payment.balance?.fen)
    }

    /// The payment; its id is 0, as row numbers belong to one ledger. It has no card where that is
    /// sealed.
    var line: JournalLine {
        get throws {
            let sealed = card.flatMap { CardSeal.isSealed($0) ? $0 : nil }
            let number = try sealed == nil ? card.map { try CardNumber($0) } : nil
            let payment = Payment(
                id: 0, seq: try Self.number(seq), state: try Self.word(state, "state"),
                reason: try reason.map { try Self.word($0, "reason") },
                amount: try Self.amount(amount), title: title, reference: reference,
                card: number, offline: offline,
                decision: try decision.map(OfflineDecision.init(word:)),
                createdAt: Timestamp(milliseconds: created_at),
                updatedAt: Timestamp(milliseconds: updated_at),
                expiresAt: Timestamp(milliseconds: expires_at),
                toldAt: told_at.map(Timestamp.init(milliseconds:)),
                platform: PlatformIdentity(host: platform, clientID: client_id),
                order: try Self.number(order), attempts: try Self.count(attempts),
                unresolved: try Self.count(unresolved), inFlight: in_flight,
                sentAt: sent_at.map(Timestamp.init(milliseconds:)), tradeID: trade_id,
                paidAmount: paid_amount.map(Money.init(fen:)),
                balance: balance.map(Money.init(fen:)), revision: revision)
            return .payment(payment, sealedCard: sealed, change: change)
        }
    }

    private static func number(_ text: String) throws -> String {
        guard SeqGenerator.terminal(of: text) != nil else { throw Unallowed(member: "seq") }
        return text
    }

    private static func amount(_ fen: Int64) throws -> Money {
        guard (1...Money.paymentMax.fen).contains(fen) else { throw Unallowed(member: "amount") }
        return Money(fen: fen)
    }

    private static func count(_ number: Int) throws -> Int {
        guard (0...1_000_000).contains(number) else { throw Unallowed(member: "attempts") }
        return number
    }

    private static func word<Word: RawRepresentable<String>>(
        _ text: String, _ member: String
    ) throws -> Word {
        guard let word = Word(rawValue: text) else { throw Unallowed(member: member) }
        return word
    }

    /// A member has a value that this version does not know.
    struct Unallowed: Error { var member: String }
}

extension OfflineDecision {
    /// `approve`, or the reason of the refusal.
    var word: String {
        switch self {
        case .approve: "approve"
        case .refuse(let reason): reason.rawValue
        }
    }

    init(word: String) throws {
        if word == "approve" {
            self = .approve
        } else if let reason = Reason(rawValue: word) {
            self = .refuse(reason)
        } else {
            throw LineText.Entry.Unallowed(member: "decision")
        }
    }
}
