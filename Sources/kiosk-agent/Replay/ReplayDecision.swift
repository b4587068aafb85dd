internal import Ledger
internal import SyncEngine
internal import TerminalCore

/// What an operator decides about a payment that an earlier replay left held or rejected.
struct ReplayDecision: Hashable {
    enum Kind: Hashable { case submit, writeOff }

    var kind: Kind
    var seq: String

    /// The states that mean: as decided.
    private var goals: Set<PaymentState> {
        switch kind {
        case .submit: [.accepted, .settled]
        case .writeOff: [.writtenOff, .reversed]
        }
    }

    /// Throws a ``CommandFailure`` when it cannot be carried out. Once it was, it may be repeated.
    func carryOut(_ engine: SyncEngine, _ word: OperatorsWord) async throws {
        do {
            let payment =
                switch kind {
                case .submit: try await engine.submit(seq, word)
                case .writeOff: try await engine.writeOff(seq, word)
                }
            guard goals.contains(payment.state) else {
                throw CommandFailure(
                    .no,
                    "\(seq) is \(payment.state.rawValue) now — the platform says otherwise — "
                        + "nothing is left to decide")
            }
        } catch DecisionError.ledger(.wrongState(let state))
            where goals.map(\.rawValue).contains(state)
        {
            return
        } catch let error as DecisionError {
            throw CommandFailure(error, seq)
        }
    }
}

extension CommandFailure {
    fileprivate init(_ error: DecisionError, _ seq: String) {
        switch error {
        case .ledger(.notFound):
            self.init(
                .no,
                "nothing was decided about \(seq) — no replay of this terminal has it — "
                    + "replay its file first")
        case .ledger(let error): self.init(.no, "nothing was decided about \(seq) — \(error)")
        case .busy:
            self.init(.tryLater, "nothing was decided about \(seq) — it is being delivered — wait")
        case .unreachable:
            self.init(
                CommandFailure.Code.unreachable,
                "nothing was decided about \(seq) — the platform must be asked first and gives no "
                    + "answer — run the same command again")
        case .forbidden(let text): self.init(.no, "nothing was decided about \(seq) — \(text)")
        }
    }
}
