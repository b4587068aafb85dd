import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("What a ledger tells who watches it")
struct FiguresTests {
    let bench: LedgerBench
    var ledger: Ledger { bench.ledger }

    init() throws { bench = try LedgerBench() }

    private func tap(_ card: Int, up: Bool, after seconds: Int = 0) async throws -> Payment {
        try await ledger.recordTap(
            Sample.draft(100), card: Sample.card(card), rules: Sample.tapRules(up: up),
            now: Sample.start + .seconds(seconds))
    }

    @Test("what is open is counted by state and reason, with the age of the oldest")
    func open() async throws {
        _ = try await tap(1, up: false)
        bench.clock.advance(by: .seconds(60))
        _ = try await tap(2, up: false, after: 60)
        let pending = try await tap(3, up: true, after: 60)
        _ = try await ledger.open(Sample.draft(700), now: bench.clock.now())
        bench.clock.advance(by: .seconds(40))
        let figures = try await ledger.figures(now: bench.clock.now())
        let accepted = figures.open.first { $0.state == .accepted }
        #expect(accepted?.reason == .platformUnreachable && accepted?.count == 2)
        #expect(accepted?.amount == Money(fen: 200) && accepted?.oldestAge == .seconds(100))
        let waiting = figures.open.first { $0.state == .awaitingCard }
        #expect(waiting?.reason == nil && waiting?.oldestAge == .seconds(40))
        #expect(figures.open.count == 3 && figures.unforwarded == Money(fen: 300))
        #expect(figures.oldestUnforwarded == .seconds(100))
        _ = try await ledger.update(pending.seq, now: bench.clock.now()) { _ in
            PaymentUpdate(.refused, reason: .balanceTooLow, send: .answered)
        }
        let after = try await ledger.figures(now: bench.clock.now())
        #expect(after.open.count == 2 && after.unforwarded == Money(fen: 200))
    }

    @Test("an empty ledger has nothing open, and a clock that jumped makes nothing old")
    func jump() async throws {
        let empty = try await ledger.figures(now: bench.clock.now())
        #expect(empty.open.isEmpty && empty.oldestUnforwarded == nil)
        _ = try await tap(1, up: false)
        let later = Sample.start + .seconds(86_400)
        bench.clock.setWall(later)
        let figures = try await ledger.figures(now: later)
        #expect(figures.open.map(\.oldestAge) == [.zero])
    }

    @Test("each line of history, each approval without the platform and each commit is counted")
    func tally() async throws {
        let before = ledger.tally
        #expect(before.changes.isEmpty && before.offlineApprovals == 0)
        let accepted = try await tap(1, up: false)
        let pending = try await tap(2, up: true)
        _ = try await ledger.update(pending.seq, now: bench.clock.now()) { _ in
            PaymentUpdate(.settled, send: .answered)
        }
        _ = try await ledger.update(accepted.seq, now: bench.clock.now()) { _ in
            PaymentUpdate(.held, reason: .cardLost)
        }
        // An operator's word: the payer was told before.
        _ = try await ledger.update(accepted.seq, now: bench.clock.now()) { _ in
            PaymentUpdate(.accepted, by: "someone")
        }
        let tally = ledger.tally
        #expect(tally.offlineApprovals == 1)
        #expect(tally.commits - before.commits == 5)
        let expected: [LedgerTally.Change: UInt64] = [
            .init(state: .accepted, reason: .platformUnreachable): 1,
            .init(state: .accepted, reason: .cardLost): 1,
            .init(state: .held, reason: .cardLost): 1,
            .init(state: .pending): 1, .init(state: .settled): 1,
        ]
        #expect(tally.changes == expected)
    }

    @Test("what came to nothing is not counted")
    func failure() async throws {
        let before = ledger.tally
        await #expect(throws: LedgerError.notFound) {
            try await ledger.update("K0010000000000000", now: Sample.start) { _ in nil }
        }
        #expect(ledger.tally == before)
    }
}
