import TerminalCore
import TerminalTesting
import Testing

@testable import SyncEngine

@Suite("What is decided after each answer")
struct JudgeTests {
    /// After a POST; the sends count this one.
    static let posts = JudgeLine.lines(
        """
        pending 1 yes 0 - charged        -> settled none answered done
        pending 1 yes 0 - refused        -> refused balance_too_low answered done
        pending 1 yes 0 - dead           -> refused platform_refused answered done
        pending 1 yes 0 - card_lost      -> refused card_lost neverLeft done
        pending 1 yes 0 - collision      -> - seq_collision renewed deliver
        pending 1 yes 0 - conflict       -> refused platform_conflict answered done
        pending 1 yes 0 - processing     -> - platform_processing ended ask
        pending 1 yes 0 - unknown        -> - - ended ask
        pending 1 yes 0 - absent         -> - - ended ask
        pending 1 yes 0 - no_network     -> accepted platform_unreachable neverLeft retry
        pending 1 yes 0 - no_credentials -> accepted platform_unreachable neverLeft retry
        pending 1 no  0 - unknown        -> - - ended ask
        pending 1 no  0 - later          -> reversing offline_disabled ended reverse
        pending 2 yes 0 - charged        -> settled none answered done
        pending 2 yes 0 - refused        -> reversing balance_too_low answered reverse
        pending 2 yes 0 - dead           -> reversing platform_refused answered reverse
        pending 2 yes 0 - card_lost      -> reversing card_lost neverLeft reverse
        pending 2 yes 0 - no_network     -> accepted platform_unreachable neverLeft retry
        pending 2 no  0 - no_network     -> reversing offline_disabled neverLeft reverse
        pending 2 no  0 - later          -> reversing offline_disabled ended reverse
        pending 2 yes 0 - unknown        -> - - ended ask
        pending 2 yes 0 - processing     -> - platform_processing ended ask
        accepted 1 yes 0 - charged        -> settled none answered done
        accepted 1 yes 0 - refused        -> - - answered ask:balance_too_low
        accepted 1 yes 0 - dead           -> - - answered ask:platform_refused
        accepted 1 yes 0 - card_lost      -> held card_lost neverLeft done
        accepted 1 yes 0 - collision      -> - seq_collision renewed deliver
        accepted 1 yes 0 - conflict       -> held platform_conflict answered done
        accepted 1 yes 0 - processing     -> - platform_processing ended retry
        accepted 1 yes 0 - unknown        -> - - ended retry
        accepted 1 yes 0 - absent         -> - - ended retry
        accepted 1 yes 0 - no_network     -> - - neverLeft retry
        accepted 1 yes 0 - no_credentials -> - - neverLeft retry
        accepted 1 yes 0 - no_token       -> - - neverLeft retry:5
        accepted 1 yes 0 - later          -> - - ended retry:5
        accepted 2 yes 0 - charged        -> settled none answered done
        accepted 2 yes 0 - refused        -> - - answered ask:balance_too_low
        accepted 2 yes 0 - card_lost      -> held card_lost neverLeft done
        accepted 2 yes 0 - unknown        -> - - ended retry
        reversing 1 no 0 - charged        -> - - answered reverse
        reversing 1 no 0 - refused        -> reversed - answered done
        reversing 1 no 0 - dead           -> reversed - answered done
        reversing 1 no 0 - card_lost      -> reversed - neverLeft done
        reversing 1 no 0 - collision      -> reversed - answered done
        reversing 1 no 0 - no_network     -> reversed - neverLeft done
        reversing 1 no 0 - no_token       -> reversed - neverLeft done
        reversing 1 no 0 - no_credentials -> reversed - neverLeft done
        reversing 1 no 0 - unknown        -> - - ended reverse
        reversing 1 no 0 - absent         -> - - ended reverse
        reversing 1 no 0 - processing     -> - - ended reverse
        reversing 1 no 0 - later          -> - - ended reverse
        reversing 2 no 0 - charged        -> - - answered reverse
        reversing 2 no 0 - refused        -> - - answered reverse
        reversing 2 no 0 - card_lost      -> - - neverLeft reverse
        reversing 2 no 0 - no_network     -> - - neverLeft reverse
        pending 1 no  0 - no_network   -> refused offline_disabled neverLeft done
        pending 1 yes 0 - later        -> accepted platform_unreachable ended retry:5
        pending 1 yes 0 - no_token     -> accepted platform_unreachable neverLeft retry:5
        pending 2 yes 0 - conflict     -> refused platform_conflict answered done
        reversing 1 no 0 - conflict      -> reversed platform_conflict answered done
        settled 1 yes 0 - charged        -> - - answered done
        """)

    @Test("after a POST", arguments: posts)
    func delivered(line: JudgeLine) { #expect(line.delivered == line.expected) }

    /// After a GET; nothing is under way.
    static let questions = JudgeLine.lines(
        """
        pending 1 yes 0 - charged    -> settled none - done
        pending 1 yes 0 - dead       -> refused platform_refused - done
        pending 1 yes 0 card_unknown dead -> refused card_unknown - done
        pending 1 yes 0 - conflict   -> refused platform_conflict - done
        pending 1 yes 0 - collision  -> refused platform_conflict - done
        pending 1 yes 0 - absent     -> - - - deliver
        pending 2 yes 0 - absent     -> - - - deliver
        pending 3 yes 0 - absent     -> accepted platform_unreachable - retry
        pending 3 no  0 - absent     -> reversing offline_disabled - reverse
        pending 1 yes 0 - processing -> - - - ask
        pending 1 yes 0 - unknown    -> accepted platform_unreachable - retry
        pending 1 yes 0 - later      -> accepted platform_unreachable - retry:5
        pending 1 yes 0 - no_network -> accepted platform_unreachable - retry
        pending 1 no  0 - unknown    -> reversing offline_disabled - reverse
        pending 1 no  0 - later      -> reversing offline_disabled - reverse
        pending 1 no  0 - no_network -> reversing offline_disabled - reverse
        pending 1 no  0 - no_token   -> reversing offline_disabled - reverse
        pending 1 -   0 - unknown    -> reversing platform_unreachable - reverse
        accepted 1 yes 0 - charged    -> settled none - done
        accepted 1 yes 0 - dead       -> rejected platform_refused - done
        accepted 1 yes 0 balance_too_low dead -> rejected balance_too_low - done
        accepted 1 yes 0 - conflict   -> held platform_conflict - done
        accepted 1 yes 0 - collision  -> held platform_conflict - done
        accepted 1 yes 0 - absent     -> - - - deliver
        accepted 1 yes 2591999 - absent -> - - - deliver
        accepted 1 yes 2592000 - absent -> held platform_forgot - done
        accepted 0 yes 2592000 - absent -> - - - deliver
        accepted 0 yes 0 balance_too_low absent -> rejected balance_too_low - done
        accepted 1 yes 0 balance_too_low absent -> - - - retry
        accepted 1 yes 299 balance_too_low absent -> - - - retry
        accepted 1 yes 300 balance_too_low absent -> rejected balance_too_low - done
        accepted 1 yes 0 - processing -> - - - retry
        accepted 1 yes 359 - processing -> - - - retry
        accepted 1 yes 360 - processing -> held platform_processing - done
        accepted 1 yes 0 - later      -> - - - retry:5
        accepted 1 yes 0 - no_token   -> - - - retry:5
        accepted 1 yes 0 - no_network -> - - - retry
        accepted 1 yes 0 - unknown    -> - - - retry
        accepted 1 yes 0 - refused    -> - - - retry
        accepted 1 yes 0 - card_lost  -> - - - retry
        settled 0 yes 0 - dead        -> - - - done
        held 0 yes 0 - charged        -> - - - done
        """)

    @Test("after a GET", arguments: questions)
    func asked(line: JudgeLine) { #expect(line.asked == line.expected) }

    /// After a DELETE.
    static let reversals = JudgeLine.lines(
        """
        reversing 1 no 0 - dead       -> reversed - - done
        reversing 0 no 0 - dead       -> reversed - - done
        reversing 1 no 0 - charged    -> - - - retry
        reversing 1 no 0 - processing -> - - - retry
        reversing 1 no 0 - refused    -> - - - retry
        reversing 1 no 0 - unknown    -> - - - retry
        reversing 1 no 0 - no_network -> - - - retry
        reversing 1 no 0 - later      -> - - - retry:5
        reversing 1 no 0 - no_token   -> - - - retry:5
        reversing 0 no 0 - absent     -> reversed - - done
        reversing 1 no 0 - absent     -> - - - retry:300
        reversing 1 no 200 - absent   -> - - - retry:100
        reversing 1 no 299 - absent   -> - - - retry:1
        reversing 1 no 300 - absent   -> reversed - - done
        settled 0 no 0 - dead         -> - - - done
        """)

    @Test("after a DELETE", arguments: reversals)
    func reversed(line: JudgeLine) { #expect(line.reversed == line.expected) }

    @Test("a 404 never closes an order that was paid")
    func paidAndAbsent() {
        var payment = Sample.payment(.reversing, sends: 0)
        payment.tradeID = "T1"
        let verdict = Judge(rules: Sample.rules).reversed(
            payment, .absent, now: Sample.moment(after: 1_000_000))
        #expect(verdict == Verdict(PaymentUpdate(reason: .platformForgot), .retry()))
    }

    @Test("what was learnt about the card is written with the verdict")
    func cardNews() {
        let verdict = Judge(rules: Sample.rules).delivered(
            Sample.payment(), Delivery(.cardLost, card: .lost, note: "st=lost"))
        #expect(verdict.update?.card == .lost)
        #expect(verdict.update?.note == "st=lost")
    }

    @Test("no verdict is an illegal change of state", arguments: PaymentState.allCases)
    func legal(state: PaymentState) {
        let lines = Self.posts + Self.questions + Self.reversals
        for line in lines where line.description.hasPrefix(state.rawValue + " ") {
            guard let word = line.expected.split(separator: " ").first,
                let next = PaymentState(rawValue: String(word))
            else { continue }
            #expect(state.successors.contains(next), "\(line)")
        }
    }

    @Test(
        "at the deadline the decision of the tap stands",
        arguments: [
            (OfflineDecision.approve, PaymentState.accepted, Reason.platformUnreachable),
            (.refuse(.offlineCardLimit), .reversing, .offlineCardLimit),
        ])
    func deadline(decision: OfflineDecision, state: PaymentState, reason: Reason) {
        let update = Sample.payment(decision: decision).deadlineUpdate
        #expect(update?.state == state)
        #expect(update?.reason == .some(.some(reason)))
        #expect(Sample.payment(.settled).deadlineUpdate == nil)
        let unsent = Sample.payment(sends: 0, decision: .refuse(.offlineCardLimit))
        #expect(unsent.deadlineUpdate?.state == .refused)
    }
}
