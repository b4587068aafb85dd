import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("Recording a tap")
struct TapTests {
    let bench: LedgerBench
    var ledger: Ledger { bench.ledger }
    var clock: ManualClock { bench.clock }

    init() throws { bench = try LedgerBench() }

    private func tap(
        _ fen: Int64 = 1_500, card: Int = 1, up: Bool = true,
        policy: OfflinePolicy = OfflinePolicy(), perPeriod: Int = 0,
        at now: Timestamp = Sample.start
    ) async throws -> Payment {
        try await ledger.recordTap(
            Sample.draft(fen), card: Sample.card(card),
            rules: Sample.tapRules(
                up: up, policy: policy, perPeriod: perPeriod, periodStart: Sample.start), now: now)
    }

    private func settle(_ payment: Payment, card news: CardNews? = nil) async throws {
        _ = try await ledger.update(payment.seq, now: Sample.start) { _ in
            PaymentUpdate(.settled, send: .answered, card: news)
        }
    }

    @Test("a tap of a waiting payment carries its decision and its first send mark")
    func waiting() async throws {
        guard
            case .created(let opened) = try await ledger.open(
                Sample.draft(), now: Sample.start)
        else {
            Issue.record("not created")
            return
        }
        let paid = try await ledger.recordTap(
            opened.seq, card: Sample.card(), rules: Sample.tapRules(), now: Sample.start)
        #expect(paid.state == .pending)
        #expect(paid.decision == .approve)
        #expect((paid.attempts, paid.unresolved, paid.inFlight) == (1, 1, true))
        #expect(try await ledger.payment(opened.seq) == paid)
        #expect(try await ledger.history(opened.seq).map(\.to) == [.awaitingCard, .pending])
        await #expect(throws: LedgerError.wrongState("pending")) {
            _ = try await ledger.recordTap(
                opened.seq, card: Sample.card(2), rules: Sample.tapRules(), now: Sample.start)
        }
    }

    @Test("a tap for an unknown number is refused")
    func unknown() async throws {
        await #expect(throws: LedgerError.notFound) {
            _ = try await ledger.recordTap(
                "K0010000000000001", card: Sample.card(), rules: Sample.tapRules(),
                now: Sample.start)
        }
    }

    /// Name, policy, amount, expected decision; the card and the terminal are fresh.
    static let policies: [(String, OfflinePolicy, Int64, OfflineDecision)] = [
        ("all is well", OfflinePolicy(), 1_500, .approve),
        ("at the payment limit", OfflinePolicy(), 5_000, .approve),
        ("disabled", OfflinePolicy(enabled: false), 1, .refuse(.offlineDisabled)),
        ("above the payment limit", OfflinePolicy(), 5_001, .refuse(.offlinePaymentLimit)),
        (
            "above the card limit", OfflinePolicy(cardLimit: Money(fen: 99)), 100,
            .refuse(.offlineCardLimit)
        ),
        (
            "above the total limit", OfflinePolicy(totalLimit: Money(fen: 99)), 100,
            .refuse(.offlineTotalLimit)
        ),
        (
            "a card never seen online", OfflinePolicy(knownCardAge: .seconds(60)), 100,
            .refuse(.offlineCardUnknown)
        ),
        (
            "no list was imported", OfflinePolicy(lostListMaxAge: .seconds(60)), 100,
            .refuse(.offlineListTooOld)
        ),
    ]

    @Test("the platform is down: the policy's word is the outcome", arguments: policies)
    func down(
        _ name: String, policy: OfflinePolicy, fen: Int64, decision: OfflineDecision
    ) async throws {
        let payment = try await tap(fen, up: false, policy: policy)
        #expect(payment.decision == decision)
        #expect((payment.attempts, payment.inFlight) == (0, false))
        switch decision {
        case .approve:
            #expect(payment.state == .accepted && payment.offline)
            #expect(payment.reason == .platformUnreachable)
        case .refuse(let reason):
            #expect(payment.state == .refused && !payment.offline)
            #expect(payment.reason == reason)
        }
    }

    @Test("the platform is up: the payment is sent, the policy's word waits", arguments: policies)
    func up(
        _ name: String, policy: OfflinePolicy, fen: Int64, decision: OfflineDecision
    ) async throws {
        let payment = try await tap(fen, up: true, policy: policy)
        #expect(payment.state == .pending)
        #expect(payment.decision == decision)
        #expect(payment.reason == nil)
    }

    @Test("an old unforwarded payment stops new ones exactly at the age limit")
    func age() async throws {
        _ = try await tap(up: false)
        let limit = OfflinePolicy().maxAge
        clock.advance(by: limit - .milliseconds(1))
        let young = try await tap(
            card: 2, up: false, at: Sample.start + (limit - .milliseconds(1)))
        #expect(young.state == .accepted)
        clock.advance(by: .milliseconds(1))
        let old = try await tap(card: 3, up: false, at: Sample.start + limit)
        #expect(old.reason == .offlineTooOld)
    }

    @Test("a card that the platform vouched for is known, until that is too long ago")
    func knownCards() async throws {
        let policy = OfflinePolicy(knownCardAge: .seconds(3_600))
        try await settle(try await tap(), card: .vouched)
        let known = try await tap(
            up: false, policy: policy, at: Sample.start + .seconds(3_600))
        #expect(known.state == .accepted)
        let forgotten = try await tap(
            up: false, policy: policy, at: Sample.start + .seconds(3_601))
        #expect(forgotten.reason == .offlineCardUnknown)
    }

    @Test("an imported list serves until it is too old")
    func listAge() async throws {
        let policy = OfflinePolicy(lostListMaxAge: .seconds(3_600))
        try await ledger.importLostCards([], now: Sample.start)
        let fresh = try await tap(up: false, policy: policy, at: Sample.start + .seconds(3_600))
        #expect(fresh.state == .accepted)
        let stale = try await tap(up: false, policy: policy, at: Sample.start + .seconds(3_601))
        #expect(stale.reason == .offlineListTooOld)
    }

    @Test("two payments in a row cannot overrun the limit of a card", arguments: [true, false])
    func cardLimit(up: Bool) async throws {
        let first = try await tap(5_000, up: false)
        let second = try await tap(5_000, up: false)
        #expect([first.state, second.state] == [.accepted, .accepted])
        let third = try await tap(1, up: up)
        #expect(third.decision == .refuse(.offlineCardLimit))
        #expect(third.state == (up ? .pending : .refused))
    }

    @Test("a pending payment with an offline yes counts, one with a no does not")
    func pendingCounts() async throws {
        let policy = OfflinePolicy(totalLimit: Money(fen: 3_000))
        _ = try await tap(2_000, card: 1, policy: policy)
        let tooMuch = try await tap(1_500, card: 2, policy: policy)
        #expect(tooMuch.decision == .refuse(.offlineTotalLimit))
        let fits = try await tap(1_000, card: 3, policy: policy)
        #expect(fits.decision == .approve)
    }

    @Test("what counts as unforwarded, state by state", arguments: PaymentState.allCases)
    func exposure(state: PaymentState) async throws {
        let payment = try await bench.payment(in: state)
        try await bench.run("UPDATE payments SET decision = 'approve' WHERE id = \(payment.id)")
        let policy = OfflinePolicy(totalLimit: Money(fen: 1_500))
        let next = try await tap(1, card: 2, up: false, policy: policy)
        let counts: Set<PaymentState> = [.pending, .accepted, .held, .rejected]
        #expect(next.state == (counts.contains(state) ? .refused : .accepted))
    }

    @Test("a card whose payment has no outcome cannot begin another")
    func stillPaying() async throws {
        let first = try await tap()
        await #expect(throws: LedgerError.cardIsPaying) { _ = try await tap() }
        try await settle(first)
        #expect(try await tap().state == .pending)
    }

    @Test("a card pays only so often in one period")
    func perPeriod() async throws {
        for _ in 0..<2 { try await settle(try await tap(perPeriod: 2)) }
        let third = try await tap(perPeriod: 2)
        #expect((third.state, third.reason) == (.refused, .periodLimit))
        #expect(try await tap(card: 2, perPeriod: 2).state == .pending)
        let rules = Sample.tapRules(perPeriod: 2, periodStart: Sample.start + .seconds(7_200))
        let later = try await ledger.recordTap(
            Sample.draft(), card: Sample.card(), rules: rules,
            now: Sample.start + .seconds(7_201))
        #expect(later.state == .pending)
    }
}
