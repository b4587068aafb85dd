import Ledger
import TerminalCore
import TerminalTesting
import Testing

@testable import SyncEngine

@Suite("Why a payment waits", .timeLimit(.minutes(1)))
struct WaitingCauseTests {
    private let bench: EngineBench

    init() throws { bench = try EngineBench(rules: DeliveryRules(concurrency: 1)) }

    private func cause(of payment: Payment) async -> WaitingCause? {
        await bench.engine.waitingCauses(of: [payment])[payment.seq]
    }

    static let byState: [(PaymentState, WaitingCause.Kind?)] = [
        (.awaitingCard, .payer), (.cancelled, nil), (.pending, .answer), (.settled, nil),
        (.accepted, .turn), (.refused, nil), (.held, .decision), (.rejected, .decision),
        (.reversing, .turn), (.reversed, nil), (.writtenOff, nil),
    ]

    @Test("the state alone says most of it", arguments: byState)
    func state(_ state: PaymentState, _ kind: WaitingCause.Kind?) async {
        let cause = await cause(of: Sample.payment(state))
        #expect(cause == kind.map { WaitingCause($0) })
    }

    @Test("each state has a row in the table")
    func wholeTable() { #expect(Self.byState.map(\.0) == PaymentState.allCases) }

    @Test("after a failed try it says what went wrong and when it goes on")
    func pause() async throws {
        let payment = try await bench.accepted()
        await bench.platform.script(.deliver, .answer(.later(after: .seconds(120))))
        try await bench.running {
            await bench.clock.waitForSleepers(1)
            let cause = await cause(of: payment)
            let next = Sample.start + .seconds(120)
            #expect(cause == WaitingCause(.pause, nextTry: next, trouble: .notNow, tries: 1))
        }
    }

    @Test("what is being delivered waits for its answer, a later one of its card for that")
    func answer() async throws {
        let (first, second) = (try await bench.accepted(1), try await bench.accepted(1))
        let other = try await bench.accepted(2)
        await bench.platform.hold(.exchange)
        try await bench.running {
            await bench.platform.waitForCalls(1, of: .exchange)
            let causes = await bench.engine.waitingCauses(of: [first, second, other])
            #expect(causes[first.seq]?.kind == .answer)
            #expect(causes[second.seq]?.kind == .card)
            #expect(causes[other.seq]?.kind == .turn)
        }
    }

    @Test("without a way to the platform it waits for the next probe")
    func network() async throws {
        let payment = try await bench.accepted()
        for _ in 0..<3 { await bench.engine.note(.notSent(.network)) }
        let cause = await cause(of: payment)
        #expect(cause == WaitingCause(.network, nextTry: Sample.start + .seconds(1)))
    }

    @Test("after three refusals in a row an operator must let it go on")
    func release() async throws {
        // More than there can be in hand when the third is refused.
        var payments: [Payment] = []
        for card in 1...20 {
            payments.append(try await bench.accepted(card))
            await bench.platform.impoverish(Sample.card(card))
        }
        try await bench.running {
            try await bench.waitForDrainStop()
            #expect(await cause(of: payments[19]) == WaitingCause(.release))
            // This one was in hand.
            #expect(await cause(of: payments[4])?.kind == .release)
        }
    }

    @Test("what another platform is owed waits for that one")
    func otherPlatform() async {
        var payment = Sample.payment(.reversing)
        payment.platform = PlatformIdentity(host: "pre.example.com", clientID: "test")
        #expect(await cause(of: payment) == WaitingCause(.otherPlatform))
    }

    static let answers: [(PlatformAnswer, WaitingCause.Trouble?)] = [
        (.notSent(.network), .noConnection), (.notSent(.platform(after: nil)), .noToken),
        (.notSent(.credentials), .credentials), (.notSent(.redirected(Redirect())), .redirected),
        (.later(after: nil, redirect: Redirect()), .redirected), (.unknown, .noAnswer),
        (.later(after: .seconds(1)), .notNow), (.processing, .processing), (.absent, .absent),
        (.refused(.platformRefused), .refused), (.cardRefused(.cardUnknown), .refused),
        (.dead, .refused), (.charged(Trade()), nil), (.cardLost, nil), (.conflict(), nil),
        (.overcharged(Trade()), nil), (.collision, nil), (.notSent(.withdrawn), nil),
    ]

    @Test("each answer has its word, or ends the payment", arguments: answers)
    func trouble(_ answer: PlatformAnswer, _ trouble: WaitingCause.Trouble?) {
        #expect(WaitingCause.Trouble(answer) == trouble)
    }
}
