import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("Asking the ledger")
struct QueryTests {
    let bench: LedgerBench
    var ledger: Ledger { bench.ledger }

    init() throws { bench = try LedgerBench() }

    private func accept(_ count: Int) async throws -> [Payment] {
        var payments: [Payment] = []
        for index in 0..<count {
            payments.append(
                try await ledger.recordTap(
                    Sample.draft(100), card: Sample.card(index + 1),
                    rules: Sample.tapRules(up: false), now: Sample.start + .seconds(index)))
        }
        return payments
    }

    @Test("what is owed comes oldest first, page by page")
    func owed() async throws {
        let seqs = try await accept(5).map(\.seq)
        var found: [String] = []
        var after: Int64 = 0
        while let last = try await ledger.owed(after: after, limit: 2).last {
            found += try await ledger.owed(after: after, limit: 2).map(\.seq)
            after = last.id
        }
        #expect(found == seqs)
    }

    @Test("only accepted and reversing payments are owed", arguments: PaymentState.allCases)
    func owedStates(state: PaymentState) async throws {
        _ = try await bench.payment(in: state)
        let isOwed = state == .accepted || state == .reversing
        #expect(try await ledger.owed(after: 0, limit: 9).count == (isOwed ? 1 : 0))
    }

    @Test("lists are newest first and page by id")
    func list() async throws {
        let seqs = try await accept(5).map(\.seq)
        let first = try await ledger.payments(PaymentFilter(limit: 2))
        #expect(first.map(\.seq) == Array(seqs.reversed().prefix(2)))
        let next = try await ledger.payments(PaymentFilter(limit: 9, before: first.last?.id))
        #expect(next.map(\.seq) == Array(seqs.reversed().dropFirst(2)))
        let since = PaymentFilter(since: Sample.start + .seconds(3))
        #expect(try await ledger.payments(since).count == 2)
        #expect(try await ledger.payments(PaymentFilter(states: [.settled])) == [])
        #expect(PaymentFilter(limit: 0).limit == 1)
        #expect(PaymentFilter(limit: 9_999).limit == PaymentFilter.limitMax)
    }

    @Test("a list that ends says so, also where its last page is full")
    func pages() async throws {
        let ids = try await accept(4).map(\.id)
        let first = try await ledger.page(PaymentFilter(limit: 2))
        #expect(first.payments.map(\.id) == [ids[3], ids[2]] && first.next == ids[2])
        let last = try await ledger.page(PaymentFilter(limit: 2, before: first.next))
        #expect(last.payments.map(\.id) == [ids[1], ids[0]] && last.next == nil)
        #expect(try await ledger.page(PaymentFilter(limit: 4)).next == nil)
        #expect(try await ledger.page(PaymentFilter(before: ids[0])) == PaymentPage([]))
    }

    @Test("the terminal's exposure leaves out what will be declined, and what is settled")
    func exposure() async throws {
        let payments = try await accept(2)
        _ = try await ledger.update(payments[0].seq, now: Sample.start) { _ in
            PaymentUpdate(.settled)
        }
        for (card, isAllowed) in [(3, true), (4, false)] {
            _ = try await ledger.recordTap(
                Sample.draft(1_000), card: Sample.card(card),
                rules: Sample.tapRules(policy: OfflinePolicy(enabled: isAllowed)),
                now: Sample.start)
        }
        #expect(try await ledger.totalExposure() == Money(fen: 1_100))
    }

    @Test("totals count and add what is not final")
    func totals() async throws {
        let payments = try await accept(3)
        _ = try await ledger.update(payments[1].seq, now: Sample.start) { _ in
            PaymentUpdate(.held, reason: .cardLost)
        }
        _ = try await ledger.update(payments[2].seq, now: Sample.start) { _ in
            PaymentUpdate(.settled)
        }
        let one = Money(fen: 100)
        #expect(
            try await ledger.totals() == [
                .accepted: StateTotal(count: 1, amount: one, oldest: Sample.start),
                .held: StateTotal(count: 1, amount: one, oldest: Sample.start + .seconds(1)),
            ])
    }

    @Test("an approved payment that nobody was told of is found until it is told")
    func untold() async throws {
        let payment = try #require(try await accept(1).first)
        let (card, age) = (Sample.card(1), Duration.seconds(60))
        #expect(try await ledger.untold(card, ageMax: age, now: Sample.start) == nil, "no restart")
        let next = try bench.files.copy().open(clock: bench.clock)
        for jump in [0, -86_400, 40 * 365 * 86_400] {
            let now = Sample.start + .seconds(jump)
            #expect(try await next.untold(card, ageMax: age, now: now) == payment, "\(jump)")
        }
        #expect(try await next.untold(Sample.card(2), ageMax: age, now: Sample.start) == nil)
        bench.clock.advance(by: age + .milliseconds(1))
        #expect(try await next.untold(card, ageMax: age, now: bench.clock.now()) == nil, "too old")
        try await next.told(payment.seq, now: Sample.start)
        #expect(try await next.untold(card, ageMax: age * 2, now: bench.clock.now()) == nil)
    }

    @Test("an old payment that nobody was told of is not shown once a later one was")
    func untoldBefore() async throws {
        _ = try await accept(1)
        let later = try await ledger.recordTap(
            Sample.draft(200), card: Sample.card(1), rules: Sample.tapRules(up: false),
            now: Sample.start)
        try await ledger.told(later.seq, now: Sample.start)
        let next = try bench.files.copy().open(clock: bench.clock)
        let found = try await next.untold(
            Sample.card(1), ageMax: .seconds(60), now: Sample.start)
        #expect(found == nil)
    }

    @Test("listeners hear each committed change with its number, and nothing that failed")
    func feed() async throws {
        var changes = ledger.changes().makeAsyncIterator()
        let payment = try #require(try await accept(1).first)
        await #expect(throws: LedgerError.notFound) {
            _ = try await ledger.update("nobody", now: Sample.start) { _ in
                PaymentUpdate(.settled)
            }
        }
        _ = try await ledger.markSend(payment.seq, now: Sample.start)
        let settled = try await ledger.update(payment.seq, now: Sample.start) { _ in
            PaymentUpdate(.settled, send: .answered)
        }
        #expect(await changes.next() == LedgerChange(id: 1, payment: payment))
        #expect(await changes.next() == LedgerChange(id: 2, payment: settled))
    }

    @Test("the changes after a number, and nil for a number that was never given")
    func changesAfter() async throws {
        _ = try await accept(3)
        #expect(try await ledger.changes(after: 0, limit: 9)?.map(\.id) == [1, 2, 3])
        #expect(try await ledger.changes(after: 1, limit: 1)?.map(\.id) == [2])
        #expect(try await ledger.changes(after: 3, limit: 9) == [])
        #expect(try await ledger.changes(after: 4, limit: 9) == nil)
        #expect(try await ledger.changes(after: -1, limit: 9) == nil)
    }
}
