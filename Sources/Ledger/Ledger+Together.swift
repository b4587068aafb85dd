internal import GRDB
internal import Synchronization
public import TerminalCore

extension Ledger {
    /// Decides about payment `seq` as ``update(_:now:decide:)`` does, in one transaction with all
    /// that is decided this way while an earlier commit is under way: one sync serves them all.
    ///
    /// For payments whose payer has an outcome. `decide` may be called more than once: when what
    /// others decide cannot be written, each is tried on its own.
    public nonisolated func updateTogether(
        _ seq: String, now: Timestamp, decide: @escaping @Sendable (Payment) -> PaymentUpdate?
    ) async throws(LedgerError) -> Payment {
        let number = letters.withLock { $0.post(seq, now, decide) }
        return try await answer(number)
    }

    /// Marks that a POST of `seq` is about to leave, as ``markSend(_:now:)`` does, together with
    /// others.
    public nonisolated func markSendTogether(
        _ seq: String, now: Timestamp
    ) async throws(LedgerError) -> Payment? {
        let payment = try await updateTogether(seq, now: now) { $0.sendMark }
        return payment.mayBeSent ? payment : nil
    }

    /// Who comes first writes for all who wait.
    private func answer(_ number: Int) throws(LedgerError) -> Payment {
        if answers[number] == nil { answerAll() }
        guard let answer = answers.removeValue(forKey: number) else { throw LedgerError.notFound }
        return try answer.get()
    }

    private func answerAll() {
        let waiting = letters.withLock { $0.takeAll() }
        guard waiting.count > 1 else { return answerEach(waiting) }
        do throws(LedgerError) {
            let payments = try changeAll { db in try waiting.map { try self.decide($0, db) } }
            for (letter, payment) in zip(waiting, payments) {
                answers[letter.number] = .success(payment)
            }
        } catch  where error.trouble != nil {
            // The disk would say the same to each, and payers would wait for all of them.
            for letter in waiting { answers[letter.number] = .failure(error) }
        } catch {
            answerEach(waiting)
        }
    }

    private func answerEach(_ waiting: [Letter]) {
        for letter in waiting {
            answers[letter.number] = Result { () throws(LedgerError) -> Payment in
                try update(letter.seq, now: letter.now, decide: letter.decide)
            }
        }
    }

    /// An approval is not for here: a required mirror has to hold it first.
    private func decide(_ letter: Letter, _ db: Database) throws -> Written {
        guard let payment = try PaymentRow.fetchOne(db, cards, seq: letter.seq),
            payment.state.isDecided
        else { throw LedgerError.notFound }
        guard let update = letter.decide(payment) else { return Written(payment: payment) }
        let (next, line) = try apply(update, to: payment, now: letter.now, db)
        return Written(payment: next, from: payment.state, change: line)
    }
}

/// What somebody wants to be decided about payment `seq`.
struct Letter: Sendable {
    let number: Int
    let seq: String
    let now: Timestamp
    let decide: @Sendable (Payment) -> PaymentUpdate?
}

/// What waits for the next transaction; each who waits has one letter here.
struct Letters: Sendable {
    private var posted = 0
    private(set) var waiting: [Letter] = []

    mutating func post(
        _ seq: String, _ now: Timestamp, _ decide: @escaping @Sendable (Payment) -> PaymentUpdate?
    ) -> Int {
        posted += 1
        waiting.append(Letter(number: posted, seq: seq, now: now, decide: decide))
        return posted
    }

    mutating func takeAll() -> [Letter] {
        defer { waiting = [] }
        return waiting
    }
}

extension Payment {
    /// Whether a POST of it may leave.
    var mayBeSent: Bool { state == .pending || state == .accepted }

    /// What notes that a POST is about to leave; nil when none may.
    var sendMark: PaymentUpdate? { mayBeSent ? PaymentUpdate(send: .begins) : nil }
}
