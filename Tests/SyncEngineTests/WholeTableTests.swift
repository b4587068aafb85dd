import TerminalCore
import TerminalTesting
import Testing

@testable import SyncEngine

/// Every state and every answer: the lines that the shorter tables leave out, and what must hold
/// for all of them.
@Suite("Every state and every answer")
struct WholeTableTests {
    /// After a POST that ended when its payment had left `pending` and `accepted`.
    static let posts = JudgeLine.lines(
        """
        pending 1 yes 0 - overcharged    -> reversing platform_conflict answered reverse
        pending 1 no  0 - overcharged    -> reversing platform_conflict answered reverse
        pending 1 no  0 - withdrawn      -> refused offline_disabled neverLeft done
        accepted 1 yes 0 - withdrawn     -> - - neverLeft retry
        reversing 1 no 0 - withdrawn     -> reversed - neverLeft done
        reversing 2 no 0 - withdrawn     -> - - neverLeft reverse
        pending 1 yes 0 - card_refused   -> refused card_unknown neverLeft done
        pending 2 yes 0 - card_refused   -> reversing card_unknown neverLeft reverse
        accepted 1 yes 0 - card_refused  -> - - neverLeft ask:card_unknown
        reversing 1 no 0 - card_refused  -> reversed - neverLeft done
        reversing 2 no 0 - card_refused  -> - - neverLeft reverse
        accepted 1 yes 0 - overcharged   -> held platform_conflict answered done
        accepted 2 yes 0 - overcharged   -> held platform_conflict answered done
        accepted 2 yes 0 - conflict      -> held platform_conflict answered done
        reversing 1 no 0 - overcharged   -> - - answered reverse
        reversing 2 no 0 - overcharged   -> - - answered reverse
        reversing 2 no 0 - collision     -> - - answered reverse
        reversing 2 no 0 - conflict      -> reversed platform_conflict answered done
        reversed 1 no  0 - charged       -> reversing - answered reverse
        reversed 1 no  0 - overcharged   -> reversing - answered reverse
        refused 1 no   0 - charged       -> reversing - answered reverse
        refused 1 no   0 - overcharged   -> reversing - answered reverse
        refused 1 no   0 - refused       -> - - answered done
        refused 1 no   0 - unknown       -> - - ended done
        held 1 yes     0 - charged       -> settled none answered done
        rejected 1 yes 0 - charged       -> settled none answered done
        written_off 1 yes 0 - charged    -> settled none answered done
        settled 1 yes  0 - unknown       -> - - ended done
        """)

    @Test("after a POST", arguments: posts)
    func delivered(line: JudgeLine) { #expect(line.delivered == line.expected) }

    /// After an exchange that came to no POST; the sends are earlier ones.
    static let exchanges = JudgeLine.lines(
        """
        pending 0 yes 0 - no_network     -> accepted platform_unreachable - retry
        pending 0 no  0 - no_network     -> refused offline_disabled - done
        pending 1 no  0 - no_network     -> reversing offline_disabled - reverse
        pending 0 yes 0 - card_lost      -> refused card_lost - done
        pending 1 yes 0 - card_lost      -> reversing card_lost - reverse
        pending 0 yes 0 - card_refused   -> refused card_unknown - done
        pending 1 yes 0 - card_refused   -> reversing card_unknown - reverse
        accepted 0 yes 0 - no_network    -> - - - retry
        accepted 0 yes 0 - no_token      -> - - - retry:5
        accepted 0 yes 0 - card_lost     -> held card_lost - done
        accepted 1 yes 0 - card_lost     -> held card_lost - done
        accepted 1 yes 0 - card_refused  -> - - - ask:card_unknown
        reversing 0 no 0 - no_network    -> - - - reverse
        reversing 1 no 0 - card_lost     -> - - - reverse
        reversing 1 no 0 - card_refused  -> - - - reverse
        refused 0 no   0 - card_refused  -> - - - done
        """)

    @Test("after an exchange that came to no POST", arguments: exchanges)
    func unsent(line: JudgeLine) { #expect(line.unsent == line.expected) }

    /// After a GET, without or with a "no" that is to be confirmed.
    static let questions = JudgeLine.lines(
        """
        pending 1 yes 0 - overcharged    -> reversing platform_conflict - reverse
        pending 1 no  0 - overcharged    -> reversing platform_conflict - reverse
        accepted 1 yes 0 - overcharged   -> held platform_conflict - done
        accepted 1 yes 0 balance_too_low charged -> settled none - done
        accepted 1 yes 0 balance_too_low unknown -> - - - retry
        reversing 1 no 0 - charged       -> - - - reverse
        reversing 1 no 0 - overcharged   -> - - - reverse
        reversing 1 no 0 - absent        -> - - - retry:300
        reversing 1 no 300 - absent      -> reversed - - done
        reversing 1 no 0 - processing    -> - - - reverse
        reversing 1 no 0 - dead          -> reversed - - done
        reversing 1 no 0 - conflict      -> reversed platform_conflict - done
        reversing 1 no 0 - collision     -> reversed platform_conflict - done
        reversing 1 no 0 - later         -> - - - retry:5
        reversing 1 no 0 - no_token      -> - - - retry:5
        reversing 1 no 0 - no_network    -> - - - retry
        reversing 1 no 0 - unknown       -> - - - retry
        """)

    @Test("after a GET", arguments: questions)
    func asked(line: JudgeLine) { #expect(line.asked == line.expected) }

    /// After a DELETE.
    static let reversals = JudgeLine.lines(
        """
        reversing 1 no 2591999 - absent  -> reversed - - done
        reversing 1 no 2592000 - absent  -> - platform_forgot - retry
        reversing 0 no 2592000 - absent  -> reversed - - done
        reversing 1 no 0 - overcharged   -> - - - retry
        reversing 1 no 0 - conflict      -> - - - retry
        reversed 1 no  0 - dead          -> - - - done
        """)

    @Test("after a DELETE", arguments: reversals)
    func reversed(line: JudgeLine) { #expect(line.reversed == line.expected) }

    @Test("the tables leave out no answer for a payment that may be sent or undone")
    func complete() {
        let posts = Self.posts + JudgeTests.posts
        let questions = Self.questions + JudgeTests.questions
        for state in ["pending", "accepted", "reversing"] {
            for answer in Self.answers.keys.sorted() {
                #expect(Self.covers(posts, state, answer), "POST \(state) \(answer)")
                #expect(
                    Self.covers(questions, state, answer)
                        || Self.neverOfGETs.contains(answer)
                        || (state, answer) == ("pending", "no_token"),
                    "GET \(state) \(answer)")
            }
        }
    }

    private static let neverOfGETs = [
        "refused", "card_refused", "card_lost", "no_credentials", "withdrawn",
    ]

    private static func covers(_ lines: [JudgeLine], _ state: String, _ answer: String) -> Bool {
        lines.contains {
            $0.description.hasPrefix(state + " ") && $0.description.hasSuffix(" " + answer)
        }
    }

    private static let answers: [String: PlatformAnswer] = [
        "charged": .charged(Trade(id: "T1")), "refused": .refused(.balanceTooLow),
        "card_refused": .cardRefused(.cardUnknown),
        "overcharged": .overcharged(Trade(id: "T1", paid: Money(fen: 1_501))),
        "dead": .dead, "absent": .absent, "card_lost": .cardLost, "processing": .processing,
        "conflict": .conflict(), "collision": .collision, "unknown": .unknown,
        "no_network": .notSent(.network), "no_credentials": .notSent(.credentials),
        "no_token": .notSent(.platform(after: .seconds(5))), "later": .later(after: .seconds(5)),
        "withdrawn": .notSent(.withdrawn),
    ]

    /// One verdict of the judge and what led to it.
    struct Step: CustomStringConvertible {
        var call: String
        var payment: Payment
        var answer: PlatformAnswer
        var age: Duration
        var verdict: Verdict

        var next: PaymentState { verdict.update?.state ?? payment.state }

        var description: String {
            "\(call) \(payment.state) \(payment.unresolved) \(answer) \(age) -> \(verdict)"
        }
    }

    /// Payments in every state that has a card: 0 to 2 open sends, three decisions, known as paid
    /// or not.
    private static let payments: [Payment] = {
        let decisions: [OfflineDecision?] = [.approve, .refuse(.offlineDisabled), nil]
        var payments: [Payment] = []
        for state in PaymentState.allCases where state != .awaitingCard && state != .cancelled {
            for sends in 0...2 {
                for decision in decisions {
                    var payment = Sample.payment(state, sends: sends, decision: decision)
                    payment.inFlight = false
                    payment.sentAt = sends > 0 ? Sample.start : nil
                    payments.append(payment)
                    payment.tradeID = "T1"
                    payments.append(payment)
                }
            }
        }
        return payments
    }()

    /// Everything that can be asked of the judge, at five ages of the last send.
    private static let steps: [Step] = payments.flatMap { payment in
        answers.values.flatMap { answer in
            [0, 299, 300, 86_400, 2_592_000].flatMap { steps(payment, answer, $0) }
        }
    }

    private static func steps(
        _ payment: Payment, _ answer: PlatformAnswer, _ seconds: Int
    ) -> [Step] {
        let judge = Judge(rules: Sample.rules)
        let now = Sample.moment(after: seconds)
        var marked = payment
        marked.inFlight = true
        marked.attempts = max(payment.attempts, 1)
        marked.unresolved = max(payment.unresolved, 1)
        let verdicts = [
            ("POST", judge.delivered(marked, Delivery(answer))),
            ("exchange", judge.unsent(payment, Delivery(answer))),
            ("GET", judge.asked(payment, answer, refusal: nil, now: now)),
            ("GET after no", judge.asked(payment, answer, refusal: .balanceTooLow, now: now)),
            ("DELETE", judge.reversed(payment, answer, now: now)),
        ]
        return verdicts.map {
            Step(
                call: $0.0, payment: payment, answer: answer, age: .seconds(seconds),
                verdict: $0.1)
        }
    }

    private func wrong(_ isRight: (Step) -> Bool) -> [String] {
        Self.steps.filter { !isRight($0) }.prefix(5).map(\.description)
    }

    @Test("no verdict is an illegal change, and none sends or undoes what it must not")
    func legal() {
        #expect(Self.steps.count == 9 * 3 * 3 * 2 * 16 * 5 * 5)
        let illegal = wrong {
            $0.next == $0.payment.state || $0.payment.state.successors.contains($0.next)
        }
        #expect(illegal == [])
        let sent = wrong { $0.verdict.next != .deliver || [.pending, .accepted].contains($0.next) }
        #expect(sent == [])
        #expect(wrong { $0.verdict.next != .reverse || $0.next == .reversing } == [])
    }

    @Test("who was told yes is never declined, and who was told no never pays")
    func told() {
        #expect(wrong { !$0.payment.state.isApproved || $0.next.isApproved } == [])
        let paying = wrong { step in
            step.payment.state == .pending || step.payment.state.isApproved
                || !step.next.isApproved
        }
        #expect(paying == [])
    }

    @Test("what was not posted leaves no trace of a send")
    func unmarked() {
        #expect(wrong { $0.call != "exchange" || $0.verdict.update?.send == nil } == [])
    }

    @Test("only the platform's own word ends a payment that may have been sent")
    func proof() {
        let unproven = wrong { step in
            let isOpen = step.payment.unresolved > 0 && step.call != "POST"
            return !isOpen || step.next == step.payment.state || Self.isProven(step)
        }
        #expect(unproven == [])
    }

    private static func isProven(_ step: Step) -> Bool {
        let isForeign = step.answer == .conflict() || step.answer == .collision
        let isSettledDown = step.answer == .absent && step.age >= Sample.rules.lateArrival
        switch step.next {
        case .settled: if case .charged = step.answer { return true } else { return false }
        case .refused: return step.answer == .dead || isForeign
        case .rejected: return step.answer == .dead || isSettledDown
        case .reversed:
            let isOver =
                isSettledDown && step.age < Sample.rules.orderMemory && !step.payment.isKnownPaid
            return step.answer == .dead || isForeign || isOver
        default: return true
        }
    }
}
