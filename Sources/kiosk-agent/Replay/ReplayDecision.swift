internal import Ledger
internal import SyncEngine

/// What an operator decides about a payment that an earlier replay left held or rejected.
struct ReplayDecision: Hashable {
    enum Kind: Hashable { case submit, writeOff }

    var kind: Kind
    var seq: String

    /// Throws a ``CommandFailure`` when it cannot be carried out; the payment then stays as it is.
    func carryOut(_ engine: SyncEngine, _ word: OperatorsWord) async throws {
        do {
            switch kind {
            case .submit: _ = try await engine.submit(seq, word)
            case .writeOff: _ = try await engine.writeOff(seq, word)
            }
        } catch {
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
