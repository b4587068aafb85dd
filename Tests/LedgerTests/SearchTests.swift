import GRDB
import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("Searching payments")
struct SearchTests {
    let bench: LedgerBench
    var ledger: Ledger { bench.ledger }

    init() throws { bench = try LedgerBench() }

    /// Payments of these cards, offline and one second apart.
    private func pay(_ cards: [Int]) async throws -> [Payment] {
        var payments: [Payment] = []
        for (second, card) in cards.enumerated() {
            payments.append(
                try await ledger.recordTap(
                    Sample.draft(100, reference: "r-\(second)"), card: Sample.card(card),
                    rules: Sample.tapRules(up: false), now: Sample.start + .seconds(second)))
        }
        return payments
    }

    private func found(_ filter: PaymentFilter) async throws -> [String] {
        try await ledger.page(filter).payments.map(\.seq)
    }

    @Test("a card is found by the end of its number, whatever the case")
    func card() async throws {
        let payments = try await pay([1, 2, 1, 11])
        var filter = PaymentFilter()
        filter.cardEnd = "0001"
        #expect(try await found(filter) == [payments[2].seq, payments[0].seq])
        filter.cardEnd = "d0002"
        #expect(try await found(filter) == [payments[1].seq])
        filter.cardEnd = "1"
        #expect(try await ledger.page(filter).payments.count == 3)
        #expect(try await ledger.page(filter).lookedAt == 4)
        filter.cardEnd = "CARD0001"
        #expect(try await found(filter) == [])
        #expect(try await ledger.page(PaymentFilter()).lookedAt == nil)
    }

    @Test("a search for a card goes on where its part ended, without a gap and without a repeat")
    func parts() async throws {
        let payments = try await pay([1, 2, 1, 2, 1])
        var filter = PaymentFilter(limit: 2)
        filter.cardEnd = "0001"
        let first = try await ledger.page(filter)
        #expect(first.payments.map(\.id) == [payments[4].id, payments[2].id])
        #expect(first.lookedAt == 3)
        filter.before = first.next
        let last = try await ledger.page(filter)
        #expect(last.payments.map(\.id) == [payments[0].id])
        #expect(last.next == nil)
        filter.limit = 1
        #expect(try await ledger.page(filter).next == nil, "the oldest one ends the list")
    }

    @Test("other cards in between end a part, and the next one finds the card")
    func bounded() async throws {
        let payment = try #require(try await pay([1]).first)
        try await bench.run(
            """
            WITH RECURSIVE number (n) AS (
                SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < \(PaymentFilter.lookedAtMax))
            INSERT INTO payments (seq, state, amount, title, card, created_at, updated_at,
                expires_at, platform_host, client_id, order_number, revision)
            SELECT 'K001' || (2000000000000 + n), 'awaiting_card', 1, '', NULL, 0, 0, 0, 'h', 'c',
                'K001' || (2000000000000 + n), 1 FROM number
            """,
            """
            INSERT INTO history (payment, revision, at, to_state, order_number, by)
            SELECT id, 1, 0, state, order_number, 'test' FROM payments WHERE card IS NULL
            """)
        var filter = PaymentFilter()
        filter.cardEnd = "0001"
        let first = try await ledger.page(filter)
        #expect(first.payments == [] && first.lookedAt == PaymentFilter.lookedAtMax)
        #expect(first.next != nil)
        filter.before = first.next
        let last = try await ledger.page(filter)
        #expect(last.payments.map(\.seq) == [payment.seq] && last.next == nil)
    }

    @Test("by reference, reason, approval and time, each alone and together")
    func filters() async throws {
        let payments = try await pay([1, 2, 3])
        _ = try await ledger.update(payments[0].seq, now: Sample.start) { _ in
            PaymentUpdate(.held, reason: .cardLost)
        }
        var reference = PaymentFilter()
        reference.reference = "r-1"
        #expect(try await found(reference) == [payments[1].seq])
        reference.reference = "r-1' OR '1' = '1"
        #expect(try await found(reference) == [])
        var reason = PaymentFilter()
        reason.reasons = [.cardLost, .interrupted]
        #expect(try await found(reason) == [payments[0].seq])
        var offline = PaymentFilter()
        offline.isOffline = true
        #expect(try await found(offline).count == 3)
        offline.isOffline = false
        #expect(try await found(offline) == [])
        var platform = PaymentFilter()
        platform.isSent = false
        #expect(try await found(platform).count == 3)
        platform.isSent = true
        #expect(try await found(platform) == [])
        platform.isSent = nil
        platform.isKnownPaid = true
        #expect(try await found(platform) == [])
        platform.isKnownPaid = false
        #expect(try await found(platform).count == 3)
        var time = PaymentFilter(since: Sample.start + .seconds(1))
        time.until = Sample.start + .seconds(2)
        #expect(try await found(time) == [payments[1].seq])
        time.states = [.held]
        #expect(try await found(time) == [])
    }

    @Test("a reference is found by its index")
    func plan() async throws {
        var filter = PaymentFilter()
        filter.reference = "r-1"
        let pool = await ledger.pool
        let plan = try await pool.read { [filter] db in
            let (text, values) = filter.clause
            let sql = "EXPLAIN QUERY PLAN SELECT id FROM payments WHERE \(text) ORDER BY id"
            var execution = try Execution(sql, db)
            for value in values { try execution.bind(value) }
            return try execution.all { try $0.value(3) as String }
        }
        #expect(plan.contains { $0.contains("INDEX payments_reference (") }, "\(plan)")
    }
}
