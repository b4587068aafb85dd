import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("Refusals in a row")
struct RefusalTests {
    private let bench: LedgerBench

    init() throws { bench = try LedgerBench() }

    /// An approved payment of each card, in this order, that ends in this state.
    private func end(_ payments: [(card: Int, state: PaymentState)]) async throws {
        for (card, state) in payments {
            let payment = try await bench.ledger.recordTap(
                Sample.draft(), card: Sample.card(card), rules: Sample.tapRules(up: false),
                now: bench.clock.now())
            let reason: Reason? = state == .settled ? nil : .platformRefused
            _ = try await bench.ledger.update(payment.seq, now: bench.clock.now()) { _ in
                PaymentUpdate(state, reason: reason)
            }
        }
    }

    private func found(limit: Int = 2) async throws -> [CardNumber] {
        try await bench.ledger.refusedInARow(limit: limit)
    }

    /// What became of approved payments, and the cards that are found.
    private static let rows: [(ends: [(card: Int, state: PaymentState)], cards: [Int])] = [
        ([], []),
        ([(1, .settled)], []),
        ([(1, .rejected)], [1]),
        ([(1, .rejected), (2, .rejected)], [2, 1]),
        ([(1, .rejected), (2, .rejected), (3, .rejected)], [3, 2]),
        ([(1, .rejected), (2, .rejected), (2, .rejected)], [2, 1]),
        ([(1, .rejected), (2, .settled)], []),
        ([(1, .rejected), (2, .settled), (3, .rejected)], [3]),
        // A card that is lost says nothing about the key.
        ([(1, .rejected), (2, .held)], [1]),
    ]

    @Test("the last cards are found that were refused since somebody was charged", arguments: rows)
    func row(ends: [(card: Int, state: PaymentState)], cards: [Int]) async throws {
        try await end(ends)
        #expect(try await found() == cards.map(Sample.card))
    }

    @Test("only the newest changes are looked at")
    func window() async throws {
        try await end([(1, .rejected), (2, .rejected)])
        let found = try await bench.ledger.refusedInARow(limit: 2, among: 1)
        #expect(found == [Sample.card(2)])
    }
}
