import Ledger
import TerminalCore
import TerminalTesting
import Testing

@testable import SyncEngine

@Suite("A payer waits", .timeLimit(.minutes(1)))
struct OnlineTests {
    let bench: EngineBench

    init() throws { bench = try EngineBench() }

    /// What the platform does, the state afterwards, its reason, the calls, what the card paid.
    struct Case: Sendable, CustomStringConvertible {
        var description: String
        var deliver: [ScriptedPlatform.Step]
        var ask: [ScriptedPlatform.Step] = []
        var state: PaymentState
        var reason: Reason?
        var story: [String]
        var charged: Int64
    }

    static let cases = [
        Case(
            description: "all is well", deliver: [.honest], state: .settled,
            story: ["deliver"], charged: 1_500),
        Case(
            description: "the answer is lost, the question finds the charge",
            deliver: [.answerLost], state: .settled, story: ["deliver", "ask"], charged: 1_500),
        Case(
            description: "the request is lost, so it is sent again after asking",
            deliver: [.answer(.unknown)], state: .settled,
            story: ["deliver", "ask", "deliver"], charged: 1_500),
        Case(
            description: "a definite no", deliver: [.answer(.refused(.balanceTooLow))],
            state: .refused, reason: .balanceTooLow, story: ["deliver"], charged: 0),
        Case(
            description: "neither the order nor the question is answered: accepted offline",
            deliver: [.answerLost], ask: [.answer(.unknown)], state: .accepted,
            reason: .platformUnreachable, story: ["deliver", "ask"], charged: 1_500),
        Case(
            description: "no network: accepted offline at once",
            deliver: [.answer(.notSent(.network))], state: .accepted,
            reason: .platformUnreachable, story: ["deliver"], charged: 0),
        Case(
            description: "the order turns out dead", deliver: [.answer(.unknown)],
            ask: [.answer(.dead)], state: .refused, reason: .platformRefused,
            story: ["deliver", "ask"], charged: 0),
    ]

    @Test("one delivery to its outcome", arguments: cases)
    func outcome(_ example: Case) async throws {
        for step in example.deliver { await bench.platform.script(.deliver, step) }
        for step in example.ask { await bench.platform.script(.ask, step) }
        let payment = try await bench.pending()
        await bench.engine.pay(payment)
        let after = try #require(try await bench.ledger.payment(payment.seq))
        #expect((after.state, after.reason) == (example.state, example.reason))
        #expect(!after.inFlight)
        #expect(await bench.platform.story == example.story)
        #expect(await bench.platform.charged(payment.seq) == Money(fen: example.charged))
        #expect(await bench.platform.violations == [])
    }

    @Test("a refused offline decision after silence is undone, and nothing stays charged")
    func silence() async throws {
        await bench.platform.script(.deliver, .answerLost)
        await bench.platform.script(.ask, .answer(.unknown))
        let payment = try await bench.pending(policy: OfflinePolicy(enabled: false))
        await bench.engine.pay(payment)
        #expect(try await bench.state(payment) == .reversed)
        #expect(await bench.platform.story == ["deliver", "ask", "ask", "reverse"])
        #expect(await bench.platform.charged(payment.seq) == .zero)
    }

    @Test("the platform still works on it: it is asked again every quarter of a second")
    func processing() async throws {
        await bench.platform.script(.deliver, .answer(.processing))
        await bench.platform.script(.ask, .answer(.processing), .answer(.processing))
        let payment = try await bench.pending()
        await bench.platform.charge(payment)
        async let paying: Void = bench.engine.pay(payment)
        for _ in 0..<2 {
            await bench.clock.waitForSleepers(1)
            bench.clock.advance(by: .milliseconds(250))
        }
        await paying
        #expect(try await bench.state(payment) == .settled)
        #expect(await bench.platform.story == ["deliver", "ask", "ask", "ask"])
    }

    @Test("a taken order number is renewed; the other's order stays untouched")
    func collision() async throws {
        let payment = try await bench.pending()
        await bench.platform.occupy(payment.order)
        await bench.engine.pay(payment)
        let after = try #require(try await bench.ledger.payment(payment.seq))
        #expect(after.state == .settled)
        #expect(after.order != payment.order)
        #expect(await bench.platform.orders[payment.order]?.refunds == 0)
        #expect(await bench.platform.charged(payment.seq) == payment.amount)
        let orders = try await bench.ledger.history(payment.seq).map(\.order)
        #expect(Set(orders) == [payment.order, after.order])
    }

    @Test("a card that its exchange refuses leaves no trace of a send: nothing was posted")
    func refusedCard() async throws {
        await bench.platform.script(.deliver, .answer(.cardRefused(.cardNotNormal)))
        let payment = try await bench.pending()
        await bench.engine.pay(payment)
        let after = try #require(try await bench.ledger.payment(payment.seq))
        #expect((after.state, after.reason) == (.refused, .cardNotNormal))
        #expect((after.attempts, after.unresolved, after.inFlight) == (0, 0, false))
    }

    @Test("a lost card is refused and remembered")
    func lostCard() async throws {
        await bench.platform.lose(Sample.card())
        let payment = try await bench.pending()
        await bench.engine.pay(payment)
        let after = try #require(try await bench.ledger.payment(payment.seq))
        #expect((after.state, after.reason) == (.refused, .cardLost))
        #expect(try await bench.ledger.lostCards().map(\.source) == [.platform])
    }

    @Test(
        "the deadline falls while the POST is under way",
        arguments: [
            (true, PaymentState.settled, ["deliver"]),
            (false, .reversed, ["deliver", "reverse"]),
        ])
    func deadline(offlineYes: Bool, state: PaymentState, story: [String]) async throws {
        await bench.platform.hold(.deliver)
        let payment = try await bench.pending(policy: OfflinePolicy(enabled: offlineYes))
        async let paying: Void = bench.engine.pay(payment)
        await bench.platform.waitForCalls(1, of: .deliver)
        let told = try await bench.ledger.update(
            payment.seq, now: bench.clock.now(), decide: \.deadlineUpdate)
        #expect(told.state == (offlineYes ? .accepted : .reversing))
        await bench.platform.release(.deliver)
        await paying
        #expect(try await bench.state(payment) == state)
        #expect(await bench.platform.story == story)
        #expect(await bench.platform.violations == [])
    }

    @Test(
        "the deadline falls while the card is exchanged: nothing is posted, the mark is taken back")
    func withdrawnBeforePost() async throws {
        await bench.platform.hold(.exchange)
        let payment = try await bench.pending(policy: OfflinePolicy(enabled: false))
        async let paying: Void = bench.engine.pay(payment)
        await bench.platform.waitForCalls(1, of: .exchange)
        _ = try await bench.ledger.update(
            payment.seq, now: bench.clock.now(), decide: \.deadlineUpdate)
        await bench.platform.release(.exchange)
        await paying
        let after = try #require(try await bench.ledger.payment(payment.seq))
        #expect((after.state, after.attempts, after.inFlight) == (.reversed, 0, false))
        #expect(await bench.platform.story == [])
    }

    @Test("who is being told no while the ledger cannot be written is not posted either")
    func forbiddenBeforePost() async throws {
        await bench.platform.hold(.exchange)
        let payment = try await bench.pending()
        async let paying: Void = bench.engine.pay(payment)
        await bench.platform.waitForCalls(1, of: .exchange)
        bench.engine.forbidApproval(of: payment.seq)
        await bench.platform.release(.exchange)
        await paying
        #expect(try await bench.state(payment) == .refused)
        #expect(await bench.platform.story == [])
    }
}
