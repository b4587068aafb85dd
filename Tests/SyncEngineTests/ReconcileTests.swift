import Ledger
import TerminalCore
import TerminalTesting
import Testing

@testable import SyncEngine

@Suite("Our word beside the platform's")
struct ReconcileTableTests {
    /// A payment of 1500 fen. State and what we know as paid (`-` for nothing), the answer and what
    /// it says was taken; then `->` the difference, our fen, the platform's fen, and the repair.
    static let table = """
        settled -        charged -      -> - 1500 1500 -
        settled -        charged 1500   -> - 1500 1500 -
        settled 1200     charged 1200   -> - 1200 1200 -
        settled 1200     charged -      -> - 1200 1200 -
        settled -        charged 1200   -> amount_differs 1500 1200 settled
        settled 1200     charged 1199   -> amount_differs 1200 1199 -
        settled 1500     overcharged 1501 -> overcharged 1500 1501 -
        settled -        overcharged -  -> overcharged 1500 ? -
        settled -        dead -         -> settled_but_dead 1500 0 -
        settled -        absent -       -> settled_but_absent 1500 0 -
        settled -        conflict -     -> settled_but_foreign 1500 0 -
        settled -        conflict 1500  -> settled_but_foreign 1500 0 -
        settled -        processing -   -> processing 1500 ? -
        settled -        unknown -      -> unknown 1500 ? -
        settled 1200     later -        -> unknown 1200 ? -
        refused -        charged 1500   -> charged_but_refused 0 1500 reversing
        refused -        charged -      -> charged_but_refused 0 1500 reversing
        refused -        overcharged 1501 -> overcharged 0 1501 reversing
        refused -        overcharged -  -> overcharged 0 ? reversing
        refused -        dead -         -> - 0 0 -
        refused -        absent -       -> - 0 0 -
        refused -        conflict -     -> - 0 0 -
        refused -        conflict 1500  -> charged_in_doubt 0 1500 -
        refused -        processing -   -> processing 0 ? -
        reversed -       charged 1200   -> charged_but_reversed 0 1200 reversing
        reversed -       absent -       -> - 0 0 -
        reversed 1500    dead -         -> - 0 0 -
        reversed -       overcharged 1501 -> overcharged 0 1501 reversing
        reversed -       conflict -     -> - 0 0 -
        reversed -       conflict 1500  -> charged_in_doubt 0 1500 -
        reversing -      charged 1500   -> charged_but_reversing 0 1500 -
        reversing -      dead -         -> - 0 0 -
        reversing -      processing -   -> - 0 ? -
        accepted -       charged 1500   -> charged_but_accepted 0 1500 settled
        accepted -       absent -       -> - 0 0 -
        accepted -       processing -   -> - 0 ? -
        accepted -       overcharged 1501 -> overcharged 0 1501 -
        held -           charged 1500   -> charged_but_held 0 1500 settled
        held -           conflict -     -> - 0 0 -
        held -           conflict 1500  -> - 0 0 -
        held -           overcharged 1501 -> overcharged 0 1501 -
        held -           dead -         -> - 0 0 -
        rejected -       charged 1500   -> charged_but_rejected 0 1500 settled
        rejected -       dead -         -> - 0 0 -
        rejected -       processing -   -> processing 0 ? -
        written_off -    charged 1500   -> charged_but_written_off 0 1500 settled
        written_off -    absent -       -> - 0 0 -
        written_off -    unknown -      -> unknown 0 ? -
        """

    struct Line: CustomStringConvertible, Sendable {
        let description: String
        let expected: String

        static let all = table.split(separator: "\n").map { line in
            let halves = line.split(separator: "->").map { half in
                half.split(separator: " ").joined(separator: " ")
            }
            return Line(description: halves[0], expected: halves[1])
        }

        private var words: [String] { description.split(separator: " ").map(String.init) }

        var payment: Payment {
            guard let state = PaymentState(rawValue: words[0]) else {
                preconditionFailure(description)
            }
            var payment = Sample.payment(state)
            payment.paidAmount = Int64(words[1]).map(Money.init(fen:))
            return payment
        }

        var answer: PlatformAnswer {
            let trade = Trade(id: "T1", paid: Int64(words[3]).map(Money.init(fen:)))
            let answers: [String: PlatformAnswer] = [
                "charged": .charged(trade), "overcharged": .overcharged(trade), "dead": .dead,
                "absent": .absent, "conflict": .conflict(trade.paid == nil ? nil : trade),
                "processing": .processing,
                "unknown": .unknown, "later": .later(after: nil),
            ]
            guard let answer = answers[words[2]] else { preconditionFailure(description) }
            return answer
        }
    }

    private let judge = Judge(rules: Sample.rules)

    @Test("each state and each answer, to the fen", arguments: Line.all)
    func compared(line: Line) {
        let word = judge.compared(line.payment, line.answer, now: Sample.moment(after: 0))
        let repair = judge.repaired(line.payment, line.answer)
        let repaired = repair.map { ($0.state ?? line.payment.state).rawValue }
        let text = [
            word.kind?.rawValue ?? "-", "\(word.ours.fen)",
            word.platforms.map { "\($0.fen)" } ?? "?", repaired ?? "-",
        ].joined(separator: " ")
        #expect(text == line.expected)
        if let state = repair?.state { #expect(line.payment.state.successors.contains(state)) }
    }

    /// What is told of the sum, and what is listed of it.
    static let doubts: [(answer: PlatformAnswer, platforms: Money?)] = [
        (.charged(Trade(paid: Money(fen: 1_400))), Money(fen: 1_400)),
        (.charged(Trade()), Money(fen: 1_500)), (.overcharged(Trade()), nil),
        (.overcharged(Trade(paid: Money(fen: 1_501))), Money(fen: 1_501)),
        (.conflict(Trade(paid: Money(fen: 1_500))), Money(fen: 1_500)), (.conflict(Trade()), nil),
    ]

    @Test("a charge under a number in doubt is told, and never repaired", arguments: doubts)
    func inDoubt(_ row: (answer: PlatformAnswer, platforms: Money?)) {
        for state in [PaymentState.refused, .reversed] {
            var payment = Sample.payment(state)
            payment.reason = .platformConflict
            let word = judge.compared(payment, row.answer, now: Sample.moment(after: 0))
            let listed = Comparison(
                kind: .chargedInDoubt, ours: .zero, platforms: row.platforms)
            #expect(word == listed)
            #expect(judge.repaired(payment, row.answer) == nil)
        }
    }

    @Test("an order that was known as ours before its reversal is in no doubt")
    func knownAsOurs() {
        var payment = Sample.payment(.reversed)
        payment.reason = .platformConflict
        payment.tradeID = "T1"
        let answer = PlatformAnswer.charged(Trade(id: "T1", paid: Money(fen: 1_500)))
        let word = judge.compared(payment, answer, now: Sample.moment(after: 0))
        #expect(word.kind == .chargedButReversed)
        #expect(judge.repaired(payment, answer)?.state == .reversing)
    }

    @Test("a 404 for what was settled long ago proves nothing")
    func forgotten() {
        let late = Sample.moment(after: Int(Sample.rules.orderMemory.components.seconds))
        let word = judge.compared(Sample.payment(.settled), .absent, now: late)
        #expect(word == Comparison(kind: .forgotten, ours: Money(fen: 1_500)))
        let refused = judge.compared(Sample.payment(.refused), .absent, now: late)
        #expect(refused.kind == nil)
    }

    @Test(
        "a number that was given up must be dead or a stranger's",
        arguments: [
            (PlatformAnswer.dead, Reconciliation.Kind?.none), (.absent, nil),
            (.conflict(), nil), (.conflict(Trade(paid: Money(fen: 1_400))), nil),
            (.charged(Trade(paid: Money(fen: 1_400))), .earlierOrderCharged),
            (.overcharged(Trade()), .earlierOrderCharged), (.processing, .processing),
            (.unknown, .unknown),
        ])
    func earlier(answer: PlatformAnswer, kind: Reconciliation.Kind?) {
        #expect(judge.comparedEarlier(Sample.payment(.settled), answer).kind == kind)
    }
}

@Suite("Reconciling a day", .timeLimit(.minutes(1)))
struct ReconcileTests {
    private static let day = Sample.start..<(Sample.start + .seconds(86_400))

    private func reconcile(
        _ bench: EngineBench, _ time: Range<Timestamp> = day, repairs: Bool = false
    ) async throws -> Reconciliation {
        try await bench.flowing {
            try await bench.engine.reconcile(
                madeWithin: time, repairs: repairs, by: "chen"
            ) { _ in }
        }
    }

    /// A payment that was sent once and is now in `state`.
    private func payment(
        _ bench: EngineBench, _ state: PaymentState, card: Int = 1
    ) async throws -> Payment {
        let isDeclined = [.refused, .reversing, .reversed].contains(state)
        let policy = OfflinePolicy(enabled: !isDeclined)
        let pending = try await bench.pending(card, policy: policy)
        var path: [PaymentState] =
            switch state {
            case .held, .rejected: [.accepted, state]
            case .writtenOff: [.accepted, .held, .writtenOff]
            case .reversed: [.reversing, .reversed]
            default: [state]
            }
        var send: SendNote? = .ended
        var payment = pending
        while !path.isEmpty {
            let update = PaymentUpdate(path.removeFirst(), send: send)
            payment = try await bench.ledger.update(pending.seq, now: bench.clock.now()) { _ in
                update
            }
            send = nil
        }
        return payment
    }

    @Test("both sides agree: nothing differs and nothing changes")
    func agreement() async throws {
        let bench = try EngineBench()
        let settled = try await payment(bench, .settled)
        await bench.platform.charge(settled)
        _ = try await payment(bench, .refused, card: 2)
        _ = try await bench.accepted(3)
        let result = try await reconcile(bench, repairs: true)
        #expect(result.differences == [] && !result.isCutOff)
        #expect(result.total == 3 && result.done == 3 && result.neverSent == 1)
        #expect(result.ours == settled.amount && result.platforms == settled.amount)
        #expect(try await bench.ledger.payment(settled.seq) == settled)
    }

    @Test(
        "a charge on each state is found, left alone, then repaired",
        arguments: [
            (PaymentState.refused, PaymentState.reversing), (.reversed, .reversing),
            (.held, .settled), (.rejected, .settled), (.writtenOff, .settled),
            (.accepted, .settled),
        ])
    func repair(state: PaymentState, goal: PaymentState) async throws {
        let bench = try EngineBench()
        let payment = try await payment(bench, state)
        await bench.platform.charge(payment)
        let found = try await reconcile(bench)
        #expect(found.differences.map(\.kind.rawValue) == ["charged_but_\(state.rawValue)"])
        #expect(found.openDifferences == 1)
        #expect(try await bench.ledger.payment(payment.seq) == payment)
        let mended = try await reconcile(bench, repairs: true)
        #expect(mended.differences.map(\.repaired) == [goal] && mended.openDifferences == 0)
        #expect(try await bench.state(payment) == goal)
        let line = try await bench.ledger.history(payment.seq).last
        #expect(line?.by == "chen" && line?.note == "found by reconcile")
    }

    @Test("a charge on a declined payment is undone in the end")
    func undone() async throws {
        let bench = try EngineBench()
        let payment = try await payment(bench, .refused)
        await bench.platform.charge(payment)
        _ = try await reconcile(bench, repairs: true)
        try await bench.running { try await bench.wait(for: payment.seq, in: .reversed) }
        #expect(await bench.platform.charged(payment.seq) == .zero)
        let after = try await reconcile(bench)
        #expect(after.differences == [])
    }

    @Test("an earlier order number that is charged is told, and left to people")
    func earlierOrder() async throws {
        let bench = try EngineBench()
        let rejected = try await payment(bench, .rejected)
        await bench.platform.charge(rejected)
        await bench.platform.close(order: rejected.order)
        let renewed = try await bench.engine.submit(rejected.seq, OperatorsWord(by: "chen"))
        await bench.platform.charge(rejected)
        let result = try await reconcile(bench, repairs: true)
        #expect(result.differences.map(\.kind) == [.earlierOrderCharged])
        #expect(result.differences.map(\.order) == [rejected.order])
        #expect(result.openDifferences == 1)
        #expect(try await bench.ledger.payment(rejected.seq) == renewed)
    }

    @Test("a charge in doubt is told, and left to people")
    func inDoubt() async throws {
        let bench = try EngineBench()
        let payment = try await bench.pending()
        await bench.platform.script(.deliver, .answer(.conflict()))
        await bench.engine.pay(payment)
        await bench.platform.charge(payment)
        let result = try await reconcile(bench, repairs: true)
        #expect(result.differences.map(\.kind) == [.chargedInDoubt])
        #expect(result.openDifferences == 1 && result.platforms == payment.amount)
        #expect(try await bench.state(payment) == .refused)
        #expect(await bench.platform.story == ["deliver", "ask"])
    }

    @Test("a stranger's paid order under a declined payment's number is told")
    func stranger() async throws {
        let bench = try EngineBench()
        let payment = try await payment(bench, .refused)
        await bench.platform.occupy(payment.order)
        let result = try await reconcile(bench, repairs: true)
        #expect(result.differences.map(\.kind) == [.chargedInDoubt])
        await bench.platform.close(order: payment.order)
        #expect(try await reconcile(bench).differences == [])
    }

    @Test("payments in the archive are asked for, too; what differs there is for people")
    func archived() async throws {
        let bench = try EngineBench()
        let settled = try await payment(bench, .settled)
        await bench.platform.charge(settled)
        let refused = try await payment(bench, .refused, card: 2)
        await bench.platform.charge(refused)
        _ = try await bench.accepted(3)
        let old = Sample.start + .seconds(1)
        #expect(try await bench.ledger.archive(after: 0, olderThan: old).moved == 2)
        let result = try await reconcile(bench, repairs: true)
        #expect(result.total == 3 && result.done == 3)
        #expect(result.archived == 2 && result.neverSent == 1)
        #expect(result.ours == settled.amount)
        #expect(result.platforms == settled.amount + refused.amount)
        #expect(result.differences.map(\.kind) == [.chargedButRefused])
        #expect(result.differences.map(\.isArchived) == [true] && result.openDifferences == 1)
        #expect(await bench.platform.count(.ask) == 2)
    }

    @Test("an archived payment is asked for under the numbers that it gave up, too")
    func archivedOrders() async throws {
        let bench = try EngineBench()
        let first = try await bench.pending()
        let renewal = PaymentUpdate(reason: .seqCollision, renewsOrder: true)
        _ = try await bench.ledger.update(first.seq, now: bench.clock.now()) { _ in renewal }
        let sent = try #require(
            try await bench.ledger.markSend(first.seq, now: bench.clock.now()))
        _ = try await bench.ledger.update(first.seq, now: bench.clock.now()) { _ in
            PaymentUpdate(.settled, send: .answered)
        }
        _ = try await bench.accepted(2)
        await bench.platform.charge(first)
        await bench.platform.charge(sent)
        let old = Sample.start + .seconds(1)
        #expect(try await bench.ledger.archive(after: 0, olderThan: old).moved == 1)
        let result = try await reconcile(bench)
        #expect(result.differences.map(\.order) == [first.order])
        #expect(result.differences.map(\.kind) == [.earlierOrderCharged])
        #expect(result.ours == first.amount)
    }

    @Test("only the payments of that time are looked at")
    func otherDays() async throws {
        let bench = try EngineBench()
        let first = try await payment(bench, .settled)
        bench.clock.advance(by: .seconds(86_400))
        let second = try await payment(bench, .settled)
        let result = try await reconcile(bench)
        #expect(result.differences.map(\.seq) == [first.seq])
        let next = Self.day.upperBound..<(Self.day.upperBound + .seconds(86_400))
        #expect(try await reconcile(bench, next).differences.map(\.seq) == [second.seq])
    }

    @Test("a platform that cannot be reached cuts it short; nothing is guessed")
    func unreachable() async throws {
        let bench = try EngineBench(rules: DeliveryRules(concurrency: 2))
        for card in 1...9 { _ = try await payment(bench, .settled, card: card) }
        await bench.platform.reachable(false)
        let result = try await reconcile(bench, repairs: true)
        #expect(result.isCutOff && result.done < 9 && result.total == 9)
        #expect(result.platforms == .zero)
    }

    @Test("an answer that is no use is asked for again, then unknown")
    func patience() async throws {
        let bench = try EngineBench(rules: DeliveryRules(concurrency: 1))
        let payment = try await payment(bench, .settled)
        await bench.platform.charge(payment)
        let busy = ScriptedPlatform.Step.answer(.later(after: .seconds(5)))
        await bench.platform.script(.ask, busy, busy)
        let start = bench.clock.now()
        #expect(try await reconcile(bench).differences == [])
        #expect(bench.clock.now() - start >= .seconds(10))
        await bench.platform.script(.ask, busy, busy, busy)
        let result = try await reconcile(bench)
        #expect(result.differences.map(\.kind) == [.unknown])
        #expect(result.unknown == payment.amount && result.ours == .zero)
    }

    @Test("a payment of another platform is not asked for at this one")
    func otherPlatform() async throws {
        let other = PlatformIdentity(host: "pre.example.com", clientID: "test")
        let bench = try EngineBench(identity: other)
        _ = try await payment(bench, .settled)
        #expect(try await reconcile(bench).differences.map(\.kind) == [.unknown])
        #expect(await bench.platform.story == [])
    }

    @Test("what is in hand is left alone")
    func underWay() async throws {
        let bench = try EngineBench()
        let payment = try await payment(bench, .accepted)
        await bench.platform.charge(payment)
        await bench.engine.take(payment)
        let result = try await reconcile(bench, repairs: true)
        #expect(result.underWay == 1 && result.differences == [])
        #expect(try await bench.state(payment) == .accepted)
    }

    @Test("as many questions at once as the configuration allows")
    func concurrency() async throws {
        let bench = try EngineBench(rules: DeliveryRules(concurrency: 3))
        for card in 1...8 { _ = try await payment(bench, .refused, card: card) }
        await bench.platform.hold(.ask)
        async let result = reconcile(bench)
        await bench.platform.waitForCalls(3, of: .ask)
        #expect(await bench.platform.count(.ask) == 3)
        await bench.platform.release(.ask)
        #expect(try await result.done == 8)
        #expect(await bench.platform.count(.ask) == 8)
    }

    @Test("the totals differ by exactly what is listed, whatever happened", arguments: 0..<50)
    func totals(seed: Int) async throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let bench = try EngineBench(rules: DeliveryRules(concurrency: 3))
        let states: [PaymentState] = [
            .settled, .refused, .reversed, .reversing, .held, .rejected, .writtenOff, .accepted,
        ]
        for card in 1...12 {
            guard let state = states.randomElement(using: &random) else { continue }
            let payment = try await payment(bench, state, card: card)
            if Bool.random(using: &random) { await bench.platform.charge(payment) }
            if Int.random(in: 0..<6, using: &random) == 0 {
                await bench.platform.close(order: payment.order)
            }
        }
        let found = try await reconcile(bench)
        let listed = found.differences.reduce(Money.zero) {
            $0 + ($1.platforms ?? $1.ours) - $1.ours
        }
        #expect(found.platforms - found.ours == listed, "seed \(seed)")
        #expect(found.done == 12 && found.unknown == .zero)
        let mended = try await reconcile(bench, repairs: true)
        #expect(mended.differences.count == found.differences.count)
        let left = try await reconcile(bench)
        let ours: Set<Reconciliation.Kind> = [
            .settledButAbsent, .settledButDead, .chargedButReversing,
        ]
        #expect(left.differences.allSatisfy { ours.contains($0.kind) }, "seed \(seed)")
    }
}
