import Dispatch
import Ledger
import TerminalCore
import TerminalTesting
import Testing

@testable import SyncEngine

@Suite("Who works on a payment", .timeLimit(.minutes(1)))
struct InHandTests {
    private static let day = Sample.start..<(Sample.start + .seconds(86_400))

    @Test("what somebody worked on since it was read is read again before it is sent")
    func read() async throws {
        let bench = try EngineBench()
        let payments = [
            try await bench.accepted(1), try await bench.accepted(1), try await bench.accepted(2),
        ]
        for index in [0, 2] {
            let next = try #require(await bench.engine.nextOwed())
            #expect(next.seq == payments[index].seq)
            await bench.engine.take(next)
        }
        // The first is through before the task of the third has begun: a new pass reads them all.
        _ = try await bench.ledger.update(payments[0].seq, now: Sample.start) { _ in
            PaymentUpdate(.settled)
        }
        await bench.engine.release(payments[0])
        let second = try #require(await bench.engine.nextOwed())
        #expect(second.seq == payments[1].seq)
        await bench.engine.take(second)
        await bench.platform.script(.deliver, .answerLost)
        await bench.engine.work(off: payments[2])
        await bench.engine.release(payments[2])
        bench.clock.advance(by: Sample.rules.retryMax)
        let third = try #require(await bench.engine.nextOwed())
        #expect((third.seq, third.attempts) == (payments[2].seq, 1))
        await bench.engine.take(third)
        await bench.engine.work(off: third)
        #expect(await bench.platform.story == ["deliver", "ask"])
        #expect(try await bench.state(third) == .settled)
    }

    @Test("a comparison that meets a payment at its tap does not hand it to the backlog")
    func comparison() async throws {
        let bench = try EngineBench()
        let payment = try await bench.pending()
        let result = try await reconcile(bench, whileHeld: payment) {
            // The delivery begins after the comparison has taken the payment.
            await bench.engine.take(payment)
        }
        #expect((result.done, result.underWay) == (1, 1))
        _ = try await bench.ledger.update(payment.seq, now: Sample.start) { _ in
            PaymentUpdate(.accepted, offline: true)
        }
        #expect(await bench.engine.nextOwed() == nil, "its POST has not ended")
        await bench.engine.release(payment)
        let next = await bench.engine.nextOwed()
        #expect(next?.seq == payment.seq)
    }

    /// Holds the ledger's thread until the comparison waits for the row of `payment` and `body` has
    /// run.
    private func reconcile(
        _ bench: EngineBench, whileHeld payment: Payment, _ body: () async -> Void
    ) async throws -> Reconciliation {
        let (began, tell) = AsyncStream<Void>.makeStream()
        let gate = DispatchSemaphore(value: 0)
        return try await withThrowingTaskGroup(of: Reconciliation?.self) { group in
            group.addTask {
                _ = try await bench.ledger.update(payment.seq, now: Sample.start) { _ in
                    tell.yield()
                    gate.wait()
                    return nil
                }
                return nil
            }
            for await _ in began { break }
            group.addTask {
                try await bench.engine.reconcile(
                    madeWithin: Self.day, repairs: false, by: "chen"
                ) { _ in }
            }
            while await bench.engine.status.inHand == 0 { await Task.yield() }
            await body()
            gate.signal()
            var result: Reconciliation?
            while let ended = try await group.next() { result = ended ?? result }
            return try #require(result)
        }
    }
}
