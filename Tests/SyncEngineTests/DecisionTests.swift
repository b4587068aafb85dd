import Ledger
import TerminalCore
import TerminalTesting
import Testing

@testable import SyncEngine

/// What an operator's word leads to, as text tables: state, sends without an answer, age of the
/// last send in seconds, what is known (`paid`, `forgot` or `-`), the answer (`-` when there was
/// nothing to ask); then `->` and the new state with what comes with it, or why not.
@Suite("What an operator decides")
struct DecisionTableTests {
    static let submissions = """
        held 1 0 - charged      -> settled
        held 1 0 - absent       -> accepted
        held 0 0 - -            -> accepted
        held 1 0 - dead         -> accepted renewed
        held 1 0 - unknown      -> accepted
        held 1 0 - later        -> accepted
        held 1 0 - no_network   -> accepted
        held 1 0 - conflict     -> no
        held 1 0 - collision    -> no
        held 1 0 - overcharged  -> no
        held 1 0 - processing   -> no
        held 1 0 forgot absent  -> accepted lapsed
        held 1 0 forgot unknown -> accepted lapsed
        held 1 0 forgot charged -> settled
        rejected 1 0 - charged  -> settled
        rejected 0 0 - -        -> accepted
        rejected 1 0 - absent   -> accepted
        rejected 1 0 - dead     -> accepted renewed
        rejected 1 0 - unknown  -> unreachable
        rejected 1 0 - later    -> unreachable
        rejected 1 0 - no_network -> unreachable
        rejected 1 0 - conflict -> no
        rejected 1 0 - processing -> no
        rejected 1 0 - overcharged -> accepted
        written_off 1 0 - charged -> settled
        written_off 1 0 - absent -> wrong
        written_off 1 0 - dead  -> wrong
        written_off 1 0 - unknown -> unreachable
        settled 1 0 - charged   -> wrong
        accepted 1 0 - absent   -> wrong
        refused 1 0 - charged   -> wrong
        reversing 1 0 - absent  -> wrong
        """

    static let writeOffs = """
        held 0 0 - -            -> written_off
        held 1 0 - absent       -> written_off
        held 1 0 - dead         -> written_off
        held 1 0 - conflict     -> written_off
        held 1 0 - charged      -> settled
        held 1 0 - overcharged  -> no
        held 1 0 - processing   -> no
        held 1 0 - unknown      -> unreachable
        held 1 0 - later        -> unreachable
        held 1 0 - no_network   -> unreachable
        rejected 1 0 - dead     -> written_off
        rejected 1 0 - absent   -> written_off
        rejected 1 0 - charged  -> settled
        rejected 1 0 - unknown  -> unreachable
        reversing 0 0 - -       -> reversed
        reversing 1 0 - dead    -> reversed
        reversing 1 0 - conflict -> reversed
        reversing 1 0 - absent  -> no
        reversing 1 299 - absent -> no
        reversing 1 300 - absent -> reversed
        reversing 1 2592000 - absent -> written_off
        reversing 1 0 paid absent -> written_off
        reversing 1 0 forgot absent -> written_off
        reversing 1 0 - charged -> no
        reversing 1 0 - overcharged -> no
        reversing 1 0 - processing -> no
        reversing 1 0 - unknown -> unreachable
        accepted 1 0 - absent   -> wrong
        settled 1 0 - dead      -> wrong
        written_off 1 0 - absent -> wrong
        refused 1 0 - absent    -> wrong
        """

    struct Line: CustomStringConvertible, Sendable {
        let description: String
        let expected: String
        private let words: [String]

        static func lines(_ table: String) -> [Line] {
            table.split(separator: "\n").map { line in
                let halves = line.split(separator: "->")
                let words = halves[0].split(separator: " ").map(String.init)
                let expected = halves[1].split(separator: " ").joined(separator: " ")
                return Line(
                    description: words.joined(separator: " "), expected: expected, words: words)
            }
        }

        private init(description: String, expected: String, words: [String]) {
            precondition(words.count == 5, description)
            self.description = description
            self.expected = expected
            self.words = words
        }

        var payment: Payment {
            guard let state = PaymentState(rawValue: words[0]), let sends = Int(words[1]) else {
                preconditionFailure(description)
            }
            var payment = Sample.payment(state, sends: sends)
            payment.inFlight = false
            payment.sentAt = sends > 0 ? Sample.start : nil
            if words[3] == "paid" { payment.tradeID = "T1" }
            if words[3] == "forgot" { payment.reason = .platformForgot }
            return payment
        }

        var now: Moment { Sample.moment(after: Int(words[2]) ?? 0) }

        var answer: PlatformAnswer? {
            let answers: [String: PlatformAnswer] = [
                "charged": .charged(Trade(id: "T1")), "dead": .dead, "absent": .absent,
                "overcharged": .overcharged(Trade(id: "T1")), "processing": .processing,
                "conflict": .conflict(), "collision": .collision, "unknown": .unknown,
                "no_network": .notSent(.network), "later": .later(after: nil),
            ]
            guard words[4] != "-" else { return nil }
            guard let answer = answers[words[4]] else { preconditionFailure(description) }
            return answer
        }

        static func text(_ ruling: Ruling) -> String {
            switch ruling {
            case .success(let update):
                [
                    update.state?.rawValue ?? "-", update.renewsOrder ? "renewed" : nil,
                    update.send.map { "\($0)" },
                ].compactMap(\.self).joined(separator: " ")
            case .failure(.unreachable): "unreachable"
            case .failure(.forbidden): "no"
            case .failure(.ledger(.wrongState)): "wrong"
            case .failure(let error): "\(error)"
            }
        }
    }

    private let judge = Judge(rules: Sample.rules)
    private let word = OperatorsWord(by: "chen", why: "the guest paid in cash")

    @Test("submit", arguments: Line.lines(submissions))
    func submit(line: Line) {
        let ruling = judge.submitted(line.payment, line.answer, word)
        #expect(Line.text(ruling) == line.expected)
        check(ruling, line.payment)
    }

    @Test("write off", arguments: Line.lines(writeOffs))
    func writeOff(line: Line) {
        let ruling = judge.writtenOff(line.payment, line.answer, word, now: line.now)
        #expect(Line.text(ruling) == line.expected)
        check(ruling, line.payment)
    }

    /// A change is legal, and names who and why.
    private func check(_ ruling: Ruling, _ payment: Payment) {
        guard case .success(let update) = ruling, let state = update.state else { return }
        #expect(payment.state.successors.contains(state))
        #expect(update.by == "chen")
        #expect(update.note?.hasPrefix("the guest paid in cash") == true)
    }
}

@Suite("An operator decides", .timeLimit(.minutes(1)))
struct DecisionTests {
    private let word = OperatorsWord(by: "chen", why: "asked the guest")

    /// An accepted payment that went on to `state`.
    private func payment(
        _ bench: EngineBench, _ state: PaymentState, _ reason: Reason?, sent: Bool = true,
        card: Int = 1
    ) async throws -> Payment {
        let accepted = try await bench.accepted(card)
        if sent {
            _ = try await bench.ledger.markSend(accepted.seq, now: bench.clock.now())
            _ = try await bench.ledger.update(accepted.seq, now: bench.clock.now()) { _ in
                PaymentUpdate(send: .ended)
            }
        }
        return try await bench.ledger.update(accepted.seq, now: bench.clock.now()) { _ in
            PaymentUpdate(state, reason: reason.map { .some($0) })
        }
    }

    @Test("a lost card held, submitted, is charged despite the loss, also after a restart")
    func lostCard() async throws {
        let bench = try EngineBench()
        let payment = try await bench.accepted()
        await bench.platform.lose(Sample.card())
        try await bench.running { try await bench.wait(for: payment.seq, in: .held) }
        let decided = try await bench.engine.submit(payment.seq, word)
        #expect(decided.state == .accepted && decided.reason == .cardLost)
        #expect(await bench.platform.count(.ask) == 0)
        let again = bench.restarted()
        try await again.running { try await again.wait(for: payment.seq, in: .settled) }
        #expect(await bench.platform.charged(payment.seq) == payment.amount)
        let line = try await bench.ledger.history(payment.seq).first { $0.from == .held }
        #expect(line?.by == "chen" && line?.note == "asked the guest")
    }

    @Test("a card that is lost only now is held again: nobody has decided about that")
    func lostLater() async throws {
        let bench = try EngineBench()
        let payment = try await payment(bench, .held, .platformConflict, sent: false)
        _ = try await bench.engine.submit(payment.seq, word)
        await bench.platform.lose(Sample.card())
        try await bench.running {
            let held = try await bench.wait(for: payment.seq, in: .held)
            #expect(held.reason == .cardLost)
        }
    }

    @Test("what the platform has charged is settled instead", arguments: [true, false])
    func charged(submits: Bool) async throws {
        for state in [PaymentState.held, .rejected] {
            let bench = try EngineBench()
            let payment = try await payment(bench, state, .platformConflict)
            await bench.platform.charge(payment)
            let decided =
                submits
                ? try await bench.engine.submit(payment.seq, word)
                : try await bench.engine.writeOff(payment.seq, word)
            #expect(decided.state == .settled && decided.tradeID != nil)
            let line = try await bench.ledger.history(payment.seq).last
            #expect(line?.note == "asked the guest — the platform says paid")
            #expect(await bench.platform.story == ["ask"])
        }
    }

    @Test("a rejected payment whose order is dead goes under a fresh number; both are kept")
    func renewed() async throws {
        let bench = try EngineBench()
        let payment = try await payment(bench, .rejected, .platformRefused)
        await bench.platform.charge(payment)
        await bench.platform.close(order: payment.order)
        let decided = try await bench.engine.submit(payment.seq, word)
        #expect(decided.state == .accepted && decided.order != payment.order)
        #expect(try await bench.ledger.earlierOrders(of: decided) == [payment.order])
        try await bench.running { try await bench.wait(for: payment.seq, in: .settled) }
        #expect(await bench.platform.charged(payment.seq) == payment.amount)
    }

    @Test("what the platform forgot is sent after a human's word, and only then")
    func forgotten() async throws {
        let bench = try EngineBench()
        let payment = try await payment(bench, .accepted, nil)
        bench.clock.advance(by: Sample.rules.orderMemory)
        try await bench.running {
            let held = try await bench.wait(for: payment.seq, in: .held)
            #expect(held.reason == .platformForgot)
            _ = try await bench.engine.submit(payment.seq, word)
            try await bench.wait(for: payment.seq, in: .settled)
        }
        #expect(await bench.platform.story == ["ask", "ask", "ask", "deliver"])
        let order = try await bench.ledger.payment(payment.seq)?.order
        #expect(order == payment.order)
    }

    @Test("an order that is not ours stays with the operator")
    func conflict() async throws {
        let bench = try EngineBench()
        let payment = try await payment(bench, .held, .platformConflict)
        await bench.platform.occupy(payment.order)
        await #expect(throws: DecisionError.self) {
            try await bench.engine.submit(payment.seq, word)
        }
        #expect(try await bench.state(payment) == .held)
        let closed = try await bench.engine.writeOff(payment.seq, word)
        #expect(closed.state == .writtenOff)
    }

    @Test("without the platform's word nothing sent is written off, and nothing rejected submitted")
    func unreachable() async throws {
        let bench = try EngineBench()
        let held = try await payment(bench, .held, .platformProcessing, card: 1)
        let rejected = try await payment(bench, .rejected, .balanceTooLow, card: 2)
        let unsent = try await payment(bench, .held, .cardLost, sent: false, card: 3)
        await bench.platform.reachable(false)
        for seq in [held.seq, rejected.seq] {
            await #expect(throws: DecisionError.unreachable) {
                try await bench.engine.writeOff(seq, word)
            }
        }
        await #expect(throws: DecisionError.unreachable) {
            try await bench.engine.submit(rejected.seq, word)
        }
        #expect(try await bench.engine.submit(held.seq, word).state == .accepted)
        #expect(try await bench.engine.writeOff(unsent.seq, word).state == .writtenOff)
    }

    @Test("a payment of another platform is neither sent nor asked for here")
    func otherPlatform() async throws {
        let other = PlatformIdentity(host: "pre.example.com", clientID: "test")
        let bench = try EngineBench(identity: other)
        let sent = try await payment(bench, .held, .platformChanged, card: 1)
        let unsent = try await payment(bench, .held, .platformChanged, sent: false, card: 2)
        for seq in [sent.seq, unsent.seq] {
            await #expect(throws: DecisionError.self) { try await bench.engine.submit(seq, word) }
        }
        await #expect(throws: DecisionError.self) {
            try await bench.engine.writeOff(sent.seq, word)
        }
        #expect(try await bench.engine.writeOff(unsent.seq, word).state == .writtenOff)
        #expect(await bench.platform.story == [])
    }

    @Test("a decision waits for nobody: what the engine has in hand is busy")
    func busy() async throws {
        let bench = try EngineBench()
        let payment = try await payment(bench, .held, .cardLost)
        await bench.engine.take(payment)
        await #expect(throws: DecisionError.busy) {
            try await bench.engine.submit(payment.seq, word)
        }
        await bench.engine.release(payment)
        #expect(try await bench.engine.submit(payment.seq, word).state == .accepted)
    }

    @Test("what is not there, or needs no decision, is said so without asking")
    func nothingToDecide() async throws {
        let bench = try EngineBench()
        let accepted = try await bench.accepted()
        await bench.engine.take(accepted)
        await #expect(throws: DecisionError.ledger(.wrongState("accepted"))) {
            try await bench.engine.submit(accepted.seq, word)
        }
        await bench.engine.release(accepted)
        await #expect(throws: DecisionError.ledger(.wrongState("accepted"))) {
            try await bench.engine.submit(accepted.seq, word)
        }
        await #expect(throws: DecisionError.ledger(.notFound)) {
            try await bench.engine.writeOff("K0010000000000001", word)
        }
        #expect(await bench.platform.story == [])
    }
}

@Suite("What the rules leave to people", .timeLimit(.minutes(1)))
struct LeftToPeopleTests {
    @Test("dead orders of three cards stop the drain as refusals do")
    func deadOrders() async throws {
        let bench = try EngineBench(rules: DeliveryRules(concurrency: 1))
        var payments: [Payment] = []
        for card in 1...4 {
            let payment = try await bench.accepted(card)
            _ = try await bench.ledger.markSend(payment.seq, now: bench.clock.now())
            _ = try await bench.ledger.update(payment.seq, now: bench.clock.now()) { _ in
                PaymentUpdate(send: .ended)
            }
            await bench.platform.charge(payment)
            await bench.platform.close(order: payment.order)
            payments.append(payment)
        }
        try await bench.running {
            for payment in payments[..<2] { try await bench.wait(for: payment.seq, in: .rejected) }
            await bench.platform.waitForCalls(3, of: .ask)
            try await bench.waitForDrainStop()
        }
        for payment in payments[2...] { #expect(try await bench.state(payment) == .accepted) }
    }

    @Test("a stranger's order under our number is never undone")
    func stranger() async throws {
        let bench = try EngineBench()
        let payment = try await bench.pending(policy: OfflinePolicy(enabled: false))
        await bench.platform.occupy(payment.order)
        _ = try await bench.ledger.update(payment.seq, now: bench.clock.now()) { _ in
            PaymentUpdate(.reversing, reason: .interrupted, send: .ended)
        }
        try await bench.running {
            let reversed = try await bench.wait(for: payment.seq, in: .reversed)
            #expect(reversed.reason == .platformConflict)
        }
        #expect(await bench.platform.story == ["ask"])
    }

    @Test("what was never sent is undone without a word to the platform")
    func neverSent() async throws {
        let other = PlatformIdentity(host: "pre.example.com", clientID: "test")
        for identity in [Sample.platform, other] {
            let bench = try EngineBench(identity: identity)
            let payment = try await bench.accepted()
            _ = try await bench.ledger.update(payment.seq, now: bench.clock.now()) { _ in
                PaymentUpdate(.reversing, by: "chen")
            }
            try await bench.running { try await bench.wait(for: payment.seq, in: .reversed) }
            #expect(await bench.platform.story == [])
        }
    }

    @Test("a reversal whose order the platform may have forgotten waits for an operator")
    func forgottenReversal() async throws {
        let bench = try EngineBench()
        let payment = try await bench.pending(policy: OfflinePolicy(enabled: false))
        _ = try await bench.ledger.update(payment.seq, now: bench.clock.now()) { _ in
            PaymentUpdate(.reversing, reason: .interrupted, send: .ended)
        }
        bench.clock.advance(by: Sample.rules.orderMemory)
        try await bench.running {
            try await bench.flowing { await bench.platform.waitForCalls(2, of: .ask) }
        }
        #expect(try await bench.ledger.payment(payment.seq)?.reason == .platformForgot)
        let closed = try await bench.engine.writeOff(
            payment.seq, OperatorsWord(by: "chen", why: "refunded in cash"))
        #expect(closed.state == .writtenOff)
    }
}
