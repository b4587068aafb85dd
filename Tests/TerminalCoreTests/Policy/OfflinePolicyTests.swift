import TerminalTesting
import Testing

@testable import TerminalCore

@Suite("Approving without the platform")
struct OfflinePolicyTests {
    /// 50 yuan a payment, 100 a card, 200 the terminal; 72 h; cards of a day, a list of a week.
    private static let policy = OfflinePolicy(
        paymentLimit: Money(fen: 5_000), cardLimit: Money(fen: 10_000),
        totalLimit: Money(fen: 20_000), maxAge: .seconds(72 * 3_600),
        knownCardAge: .seconds(86_400), lostListMaxAge: .seconds(7 * 86_400))

    /// A known card, a fresh list, nothing owed.
    private static let clear = PolicyFacts(
        seenOnlineAge: .seconds(60), lostListAge: .seconds(60))

    private static func facts(_ change: (inout PolicyFacts) -> Void) -> PolicyFacts {
        var facts = clear
        change(&facts)
        return facts
    }

    private static let boundaries: [(Int64, PolicyFacts, OfflineDecision)] = [
        (1, clear, .approve),
        (5_000, clear, .approve),
        (5_001, clear, .refuse(.offlinePaymentLimit)),
        (5_000, facts { $0.cardExposure = Money(fen: 5_000) }, .approve),
        (5_000, facts { $0.cardExposure = Money(fen: 5_001) }, .refuse(.offlineCardLimit)),
        (1, facts { $0.cardExposure = Money(fen: 10_000) }, .refuse(.offlineCardLimit)),
        (5_000, facts { $0.totalExposure = Money(fen: 15_000) }, .approve),
        (5_000, facts { $0.totalExposure = Money(fen: 15_001) }, .refuse(.offlineTotalLimit)),
        (1, facts { $0.oldestAge = .seconds(72 * 3_600) - .milliseconds(1) }, .approve),
        (1, facts { $0.oldestAge = .seconds(72 * 3_600) }, .refuse(.offlineTooOld)),
        (1, facts { $0.seenOnlineAge = .seconds(86_400) }, .approve),
        (
            1, facts { $0.seenOnlineAge = .seconds(86_400) + .milliseconds(1) },
            .refuse(.offlineCardUnknown)
        ),
        (1, facts { $0.seenOnlineAge = nil }, .refuse(.offlineCardUnknown)),
        (1, facts { $0.lostListAge = .seconds(7 * 86_400) }, .approve),
        (
            1, facts { $0.lostListAge = .seconds(7 * 86_400) + .milliseconds(1) },
            .refuse(.offlineListTooOld)
        ),
        (1, facts { $0.lostListAge = nil }, .refuse(.offlineListTooOld)),
        (1, facts { $0.cardIsLost = true }, .refuse(.cardLost)),
    ]

    @Test("a limit holds to the fen and to the millisecond", arguments: boundaries)
    func limits(fen: Int64, facts: PolicyFacts, decision: OfflineDecision) {
        #expect(Self.policy.decide(Money(fen: fen), facts: facts) == decision)
    }

    @Test("switched off, it approves nothing")
    func off() {
        let decision = OfflinePolicy(enabled: false).decide(Money(fen: 1), facts: Self.clear)
        #expect(decision == .refuse(.offlineDisabled))
    }

    @Test("without the stricter rules every card and every list will do")
    func lenient() {
        let facts = PolicyFacts(seenOnlineAge: nil, lostListAge: nil)
        #expect(OfflinePolicy().decide(Money(fen: 5_000), facts: facts) == .approve)
    }

    @Test("the defaults are the contract's")
    func defaults() {
        let policy = OfflinePolicy()
        #expect(policy.enabled)
        #expect(policy.paymentLimit.fen == 5_000)
        #expect(policy.cardLimit.fen == 10_000)
        #expect(policy.totalLimit.fen == 500_000)
        #expect(policy.maxAge == .seconds(259_200))
        #expect(policy.knownCardAge == nil)
        #expect(policy.lostListMaxAge == nil)
    }

    /// All rules broken at once, then mended one by one: each mending uncovers the next reason.
    @Test("the first broken rule names the reason, in this order")
    func order() {
        var policy = Self.policy
        policy.enabled = false
        var facts = PolicyFacts(
            cardIsLost: true, cardExposure: Money(fen: 20_000), totalExposure: Money(fen: 30_000),
            oldestAge: .seconds(100 * 3_600))
        var amount = Money(fen: 6_000)
        func reason() -> OfflineDecision { policy.decide(amount, facts: facts) }
        #expect(reason() == .refuse(.cardLost))
        facts.cardIsLost = false
        #expect(reason() == .refuse(.offlineDisabled))
        policy.enabled = true
        #expect(reason() == .refuse(.offlinePaymentLimit))
        amount = Money(fen: 100)
        #expect(reason() == .refuse(.offlineCardLimit))
        facts.cardExposure = .zero
        #expect(reason() == .refuse(.offlineTotalLimit))
        facts.totalExposure = .zero
        #expect(reason() == .refuse(.offlineTooOld))
        facts.oldestAge = nil
        #expect(reason() == .refuse(.offlineCardUnknown))
        facts.seenOnlineAge = .zero
        #expect(reason() == .refuse(.offlineListTooOld))
        facts.lostListAge = .zero
        #expect(reason() == .approve)
    }

    @Test("exposure never exceeds a limit, whatever is tapped", arguments: UInt64(0)..<50)
    func exposure(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let policy = OfflinePolicy(
            paymentLimit: Money(fen: .random(in: 0...6_000, using: &random)),
            cardLimit: Money(fen: .random(in: 0...12_000, using: &random)),
            totalLimit: Money(fen: .random(in: 0...60_000, using: &random)))
        var owed: [Int: Money] = [:]
        var approved = 0
        for _ in 0..<300 {
            let card = Int.random(in: 0..<8, using: &random)
            let amount = Money(fen: .random(in: 1...7_000, using: &random))
            let total = owed.values.reduce(.zero, +)
            let facts = PolicyFacts(cardExposure: owed[card] ?? .zero, totalExposure: total)
            let fits =
                amount <= policy.paymentLimit && facts.cardExposure + amount <= policy.cardLimit
                && total + amount <= policy.totalLimit
            let decision = policy.decide(amount, facts: facts)
            #expect((decision == .approve) == fits)
            if decision == .approve {
                owed[card, default: .zero] += amount
                approved += 1
            }
            #expect(owed.values.allSatisfy { $0 <= policy.cardLimit })
            #expect(owed.values.reduce(.zero, +) <= policy.totalLimit)
            if Int.random(in: 0..<40, using: &random) == 0 { owed[card] = nil }
        }
        let smallest = min(policy.paymentLimit, policy.cardLimit, policy.totalLimit)
        #expect(approved > 0 || smallest.fen < 1_500)
    }
}
