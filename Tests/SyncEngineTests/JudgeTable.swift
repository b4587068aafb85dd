import TerminalCore
import TerminalTesting

@testable import SyncEngine

/// One line of a table that a cashier could review, and what the judge says to it.
///
/// The words are: state, sends without an answer, the offline decision (`yes`, `no` or `-`), the
/// age in seconds of the last send, the "no" to be confirmed or `-`, the answer; then `->` and the
/// new state, the reason (`none` clears it), the note about the send, and the next step.
struct JudgeLine: CustomStringConvertible, Sendable {
    let description: String
    private let words: [String]
    let expected: String

    init(_ line: Substring) {
        let halves = line.split(separator: "->").map { $0.split(separator: " ").map(String.init) }
        precondition(halves.count == 2 && halves[0].count == 6, "\(line)")
        words = halves[0]
        expected = halves[1].joined(separator: " ")
        description = words.joined(separator: " ")
    }

    /// The lines of a table.
    static func lines(_ table: String) -> [JudgeLine] {
        table.split(separator: "\n").map(JudgeLine.init)
    }

    private func payment(underWay: Bool) -> Payment {
        guard let state = PaymentState(rawValue: words[0]), let sends = Int(words[1]) else {
            preconditionFailure(description)
        }
        let decisions: [String: OfflineDecision] = [
            "yes": .approve, "no": .refuse(.offlineDisabled),
        ]
        var payment = Sample.payment(state, sends: sends, decision: decisions[words[2]])
        payment.inFlight = underWay && sends > 0
        payment.sentAt = sends > (underWay ? 1 : 0) ? Sample.start : nil
        return payment
    }

    private var now: Moment { Sample.moment(after: Int(words[3]) ?? 0) }
    private var refusal: Reason? { Reason(rawValue: words[4]) }

    private var answer: PlatformAnswer {
        let answers: [String: PlatformAnswer] = [
            "charged": .charged(Trade(id: "T1")), "refused": .refused(.balanceTooLow),
            "card_refused": .cardRefused(.cardUnknown),
            "dead": .dead, "absent": .absent, "card_lost": .cardLost, "processing": .processing,
            "conflict": .conflict(), "collision": .collision, "unknown": .unknown,
            "no_network": .notSent(.network), "no_credentials": .notSent(.credentials),
            "withdrawn": .notSent(.withdrawn), "no_token": .notSent(.platform(after: .seconds(5))),
            "later": .later(after: .seconds(5)),
            "overcharged": .overcharged(Trade(id: "T1", paid: Money(fen: 1_501))),
        ]
        guard let answer = answers[words[5]] else { preconditionFailure(description) }
        return answer
    }

    var delivered: String {
        let judge = Judge(rules: Sample.rules)
        return Self.text(
            judge.delivered(payment(underWay: true), Delivery(answer)))
    }

    var unsent: String {
        let judge = Judge(rules: Sample.rules)
        return Self.text(judge.unsent(payment(underWay: false), Delivery(answer)))
    }

    var asked: String {
        let judge = Judge(rules: Sample.rules)
        return Self.text(
            judge.asked(payment(underWay: false), answer, refusal: refusal, now: now))
    }

    var reversed: String {
        let judge = Judge(rules: Sample.rules)
        return Self.text(judge.reversed(payment(underWay: false), answer, now: now))
    }

    private static func text(_ verdict: Verdict) -> String {
        let update = verdict.update ?? PaymentUpdate()
        let reason =
            switch update.reason {
            case nil: "-"
            case .some(nil): "none"
            case .some(.some(let reason)): reason.rawValue
            }
        let send = update.renewsOrder ? "renewed" : update.send.map { "\($0)" } ?? "-"
        return "\(update.state?.rawValue ?? "-") \(reason) \(send) \(text(verdict.next))"
    }

    private static func text(_ next: Verdict.Next) -> String {
        switch next {
        case .done: "done"
        case .ask(nil): "ask"
        case .ask(let refusal?): "ask:\(refusal.rawValue)"
        case .deliver: "deliver"
        case .reverse: "reverse"
        case .retry(nil): "retry"
        case .retry(let after?): "retry:\(after.components.seconds)"
        }
    }
}
