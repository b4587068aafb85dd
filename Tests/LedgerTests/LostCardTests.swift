import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("Lost cards")
struct LostCardTests {
    let bench: LedgerBench
    var ledger: Ledger { bench.ledger }

    init() throws { bench = try LedgerBench() }

    private func tap(up: Bool, _ card: Int = 1) async throws -> Payment {
        try await ledger.recordTap(
            Sample.draft(), card: Sample.card(card), rules: Sample.tapRules(up: up),
            now: Sample.start)
    }

    /// The platform's word about card 1, in the transaction of a payment of that card.
    private func platformSays(_ news: CardNews) async throws {
        let payment = try await bench.payment(in: .accepted)
        _ = try await ledger.update(payment.seq, now: Sample.start) { _ in
            PaymentUpdate(card: news)
        }
    }

    private func sources() async throws -> [LostCard.Source] {
        try await ledger.lostCards().map(\.source)
    }

    @Test("a card blocked here is refused online and offline", arguments: [true, false])
    func blockedHere(up: Bool) async throws {
        try await ledger.addLostCard(Sample.card(), now: Sample.start)
        try await ledger.importLostCards([Sample.card(2)], now: Sample.start)
        for card in 1...2 {
            let payment = try await tap(up: up, card)
            #expect((payment.state, payment.reason) == (.refused, .cardLost))
            #expect((payment.attempts, payment.inFlight) == (0, false))
        }
    }

    @Test("the platform's own word is asked again online, and refuses offline")
    func platformLost() async throws {
        try await platformSays(.lost)
        let offline = try await tap(up: false)
        #expect((offline.state, offline.reason) == (.refused, .cardLost))
        let online = try await tap(up: true)
        #expect((online.state, online.decision) == (.pending, .refuse(.cardLost)))
    }

    @Test("the platform's word lifts only its own entry")
    func platformLifts() async throws {
        try await platformSays(.lost)
        try await ledger.addLostCard(Sample.card(), now: Sample.start)
        try await ledger.importLostCards([Sample.card()], now: Sample.start)
        #expect(try await sources() == [.import, .operator, .platform])
        try await platformSays(.vouched)
        #expect(try await sources() == [.import, .operator])
    }

    @Test("the operator lifts only the operator's entry")
    func operatorLifts() async throws {
        try await platformSays(.lost)
        try await ledger.addLostCard(Sample.card(), now: Sample.start)
        try await ledger.addLostCard(Sample.card(), now: Sample.start + .seconds(1))
        #expect(try await ledger.removeLostCard(Sample.card()))
        #expect(try await !ledger.removeLostCard(Sample.card()))
        #expect(try await sources() == [.platform])
    }

    @Test("an import replaces the import before it and nothing else")
    func importReplaces() async throws {
        try await ledger.addLostCard(Sample.card(9), now: Sample.start)
        try await ledger.importLostCards([1, 2].map(Sample.card), now: Sample.start)
        try await ledger.importLostCards([2, 3, 3].map(Sample.card), now: Sample.start)
        let cards = try await ledger.lostCards().map(\.card)
        #expect(cards == [2, 3, 9].map(Sample.card))
    }

    @Test("the list outlives a restart")
    func restart() async throws {
        let files = try TemporaryLedger()
        do {
            let ledger = try files.open()
            try await ledger.addLostCard(Sample.card(), now: Sample.start)
        }
        let again = try files.open()
        #expect(try await again.lostCards().map(\.card) == [Sample.card()])
    }
}
