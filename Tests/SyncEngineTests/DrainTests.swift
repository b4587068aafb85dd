import Ledger
import TerminalCore
import TerminalTesting
import Testing

@testable import SyncEngine

@Suite("A drain", .timeLimit(.minutes(1)))
struct DrainTests {
    private static let concurrency = 3

    private let bench: EngineBench

    init() throws { bench = try EngineBench(rules: DeliveryRules(concurrency: Self.concurrency)) }

    @Test("keeps as many requests in flight as are allowed: each answer makes room for the next")
    func isFull() async throws {
        var payments: [Payment] = []
        for card in 1...30 { payments.append(try await bench.accepted(card)) }
        await bench.platform.hold(.deliver)
        try await bench.running {
            await bench.platform.waitForCalls(Self.concurrency, of: .deliver)
            for calls in (Self.concurrency + 1)...payments.count {
                await bench.platform.releaseOne(.deliver)
                await bench.platform.waitForCalls(calls, of: .deliver)
            }
            await bench.platform.release(.deliver)
            for payment in payments { try await bench.wait(for: payment.seq, in: .settled) }
        }
        #expect(await bench.platform.deliveriesAtOnce == Self.concurrency)
    }

    @Test("every end makes room, not only a charge")
    func everyEnd() async throws {
        let bench = try EngineBench(rules: DeliveryRules(concurrency: 1))
        var payments: [Payment] = []
        for card in 1...3 { payments.append(try await bench.accepted(card)) }
        await bench.platform.script(
            .deliver, .answer(.conflict()), .answer(.conflict()), .answer(.conflict()))
        try await bench.running {
            for payment in payments { try await bench.wait(for: payment.seq, in: .held) }
        }
    }

    @Test("a payment that is charged makes room while its outcome waits for the disk")
    func slowDisk() async throws {
        let bench = try EngineBench(rules: DeliveryRules(concurrency: 1))
        let payments = [try await bench.accepted(1), try await bench.accepted(2)]
        await bench.platform.hold(.deliver)
        try await bench.running {
            await bench.platform.waitForCalls(1, of: .deliver)
            try await bench.whileDiskIsBusy(with: payments[1]) {
                await bench.platform.releaseOne(.deliver)
                await bench.platform.waitForCalls(2, of: .exchange)
            }
            await bench.platform.release(.deliver)
            for payment in payments { try await bench.wait(for: payment.seq, in: .settled) }
        }
    }

    @Test("a payment makes room while its mark waits for the disk, and comes back before others")
    func comesBack() async throws {
        let bench = try EngineBench(rules: DeliveryRules(concurrency: 1))
        var payments: [Payment] = []
        for card in 1...3 { payments.append(try await bench.accepted(card)) }
        await bench.platform.hold(.exchange)
        await bench.platform.hold(.deliver)
        try await bench.running {
            await bench.platform.waitForCalls(1, of: .exchange)
            try await bench.whileDiskIsBusy(with: payments[2]) {
                await bench.platform.releaseOne(.exchange)
                await bench.platform.waitForCalls(2, of: .exchange)
            }
            await bench.waitForLine(of: 1)
            // The only place is the second one's, then the first one's: the third waits.
            #expect(await bench.platform.count(.deliver) == 0)
            await bench.platform.releaseOne(.exchange)
            await bench.platform.waitForCalls(1, of: .deliver)
            await bench.waitForLine(of: 1)
            #expect(await bench.platform.count(.exchange) == 2)
            await bench.platform.release(.exchange)
            await bench.platform.release(.deliver)
            for payment in payments { try await bench.wait(for: payment.seq, in: .settled) }
        }
        #expect(await bench.platform.deliveriesAtOnce == 1)
    }

    @Test("never keeps a payer waiting: a new payment is sent beside all that the drain may send")
    func payersGoFirst() async throws {
        for card in 1...10 { _ = try await bench.accepted(card) }
        await bench.platform.hold(.deliver)
        try await bench.running {
            await bench.platform.waitForCalls(Self.concurrency, of: .deliver)
            try await withThrowingTaskGroup(of: Void.self) { payers in
                for card in 11...12 {
                    let payment = try await bench.pending(card)
                    payers.addTask { await bench.engine.pay(payment) }
                }
                await bench.platform.waitForCalls(Self.concurrency + 2, of: .deliver)
                let cards = await bench.platform.calls.compactMap(\.card)
                #expect(Set(cards.suffix(2)) == Set([11, 12].map(Sample.card)))
                await bench.platform.release(.deliver)
                try await payers.waitForAll()
            }
        }
    }
}
