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
                    Phrase(
                        en: "\(seq) is \(payment.state.rawValue) now — the platform says otherwise "
                            + "— nothing is left to decide",
                        zh: "\(seq) 的状态现为 \(payment.state.rawValue) — 平台的说法不同 — "
                            + "已无需决定"))
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
                Phrase(
                    en: "nothing was decided about \(seq) — no replay of this terminal has it — "
                        + "replay its file first",
                    zh: "对 \(seq) 未作任何决定 — 该终端的重放记录中没有它 — "
                        + "请先重放它的文件"))
        case .ledger(let error):
            self.init(
                .no,
                Phrase(
                    en: "nothing was decided about \(seq) — \(error.phrase.en)",
                    zh: "对 \(seq) 未作任何决定 — \(error.phrase.zh)"))
        case .busy:
            self.init(
                .tryLater,
                Phrase(
                    en: "nothing was decided about \(seq) — it is being delivered — wait",
                    zh: "对 \(seq) 未作任何决定 — 它正在上传 — 请稍候"))
        case .unreachable:
            self.init(
                CommandFailure.Code.unreachable,
                Phrase(
                    en: "nothing was decided about \(seq) — the platform must be asked first and "
                        + "gives no answer — run the same command again",
                    zh: "对 \(seq) 未作任何决定 — 必须先询问平台，而平台没有应答 — "
                        + "请重新运行同一命令"))
        case .forbidden(let text):
            self.init(
                .no,
                Phrase(
                    en: "nothing was decided about \(seq) — \(text)",
                    zh: "对 \(seq) 未作任何决定 — \(text)"))
        }
    }
}
