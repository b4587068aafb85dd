internal import GRDB
internal import Synchronization
public import TerminalCore

extension Ledger {
    /// Decides about payment `seq` as ``update(_:now:decide:)`` does, in one transaction with all
    /// that is decided this way while an earlier commit is under way, or within
    /// ``LedgerSettings/commitDelay``: one sync serves them all.
    ///
    /// For payments whose payer has an outcome. `decide` may be called more than once: when what
    /// others decide cannot be written, each is tried on its own.
    public nonisolated func updateTogether(
        _ seq: String, now: Timestamp, decide: @escaping @Sendable (Payment) -> PaymentUpdate?
    ) async throws(LedgerError) -> Payment {
        let turn: Turn = await withCheckedContinuation { turn in
            let letter = Letter(seq: seq, now: now, decide: decide) { answer in
                turn.resume(returning: .over(answer))
            }
            if letters.withLock({ $0.post(letter) }) { turn.resume(returning: .writing) }
        }
        switch turn {
        case .over(let answer): return try answer.get()
        case .writing:
            // Who is cancelled writes at once: the others wait for it.
            if commitDelay > .zero { try? await clock.sleep(for: commitDelay) }
            return try await answerAll().get()
        }
    }

    /// What comes to who has posted a letter.
    private enum Turn {
        /// The first to post writes for all who post until then.
        case writing
        /// Somebody has written.
        case over(Result<Payment, LedgerError>)
    }

    /// Marks that a POST of `seq` is about to leave, as ``markSend(_:now:)`` does, together with
    /// others.
    public nonisolated func markSendTogether(
        _ seq: String, now: Timestamp
    ) async throws(LedgerError) -> Payment? {
        let payment = try await updateTogether(seq, now: now) { $0.sendMark }
        return payment.mayBeSent ? payment : nil
    }

    /// Has all written that was posted, tells the others, and returns what became of the first
    /// letter.
    ///
    /// The others are told from here, not from the ledger's thread: who came first goes on first.
    private nonisolated func answerAll() async -> Result<Payment, LedgerError> {
        let answers = await writeAll()
        for (letter, answer) in answers.dropFirst() { letter.answer(answer) }
        return answers.first?.answer ?? .failure(.notFound)
    }

    private func writeAll() -> [(letter: Letter, answer: Result<Payment, LedgerError>)] {
        let waiting = letters.withLock { $0.takeAll() }
        return zip(waiting, written(waiting)).map { ($0, $1) }
    }

    private func written(_ waiting: [Letter]) -> [Result<Payment, LedgerError>] {
        guard waiting.count > 1 else { return waiting.map(writtenAlone) }
        do throws(LedgerError) {
            return try changeAll { db in try waiting.map { try self.decide($0, db) } }
                .map { .success($0) }
        } catch  where error.trouble != nil {
            // The disk would say the same to each, and payers would wait for all of them.
            return waiting.map { _ in .failure(error) }
        } catch {
            return waiting.map(writtenAlone)
        }
    }

    private func writtenAlone(_ letter: Letter) -> Result<Payment, LedgerError> {
        Result { () throws(LedgerError) -> Payment in
            try update(letter.seq, now: letter.now, decide: letter.decide)
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
    let seq: String
    let now: Timestamp
    let decide: @Sendable (Payment) -> PaymentUpdate?
    /// Tells who posted it, unless he writes himself.
    let answer: @Sendable (Result<Payment, LedgerError>) -> Void
}

/// What waits for the next transaction.
struct Letters: Sendable {
    private(set) var waiting: [Letter] = []

    /// Whether `letter` is the first one, so that who posts it is to write.
    mutating func post(_ letter: Letter) -> Bool {
        waiting.append(letter)
        return waiting.count == 1
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
