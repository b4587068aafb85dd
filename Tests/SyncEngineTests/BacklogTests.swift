import Instruments
import Ledger
import TerminalCore
import TerminalTesting
import Testing

@testable import SyncEngine

@Suite("The backlog", .timeLimit(.minutes(1)))
struct BacklogTests {
    @Test("a card's payments go in order, different cards at once up to the concurrency")
    func order() async throws {
        let bench = try EngineBench(rules: DeliveryRules(concurrency: 3))
        var payments: [Payment] = []
        for card in [1, 1, 2, 3, 4, 1] { payments.append(try await bench.accepted(card)) }
        await bench.platform.hold(.deliver)
        try await bench.running {
            await bench.platform.waitForCalls(3, of: .deliver)
            let first = await bench.platform.calls.filter { $0.kind == .deliver }
            #expect(Set(first.compactMap(\.card)) == Set([1, 2, 3].map(Sample.card)))
            await bench.platform.release(.deliver)
            for payment in payments { try await bench.wait(for: payment.seq, in: .settled) }
        }
        let calls = await bench.platform.calls.filter { $0.card == Sample.card(1) }
        #expect(calls.map(\.order) == [0, 1, 5].map { payments[$0].order })
        #expect(await bench.platform.deliveriesAtOnce == 3)
    }

    @Test("nothing is left behind, whatever order the answers come in", arguments: 0..<20)
    func liveness(seed: Int) async throws {
        let bench = try EngineBench(rules: DeliveryRules(concurrency: 2))
        var random = SeededGenerator(seed: UInt64(seed))
        var payments: [Payment] = []
        for _ in 0..<6 {
            payments.append(try await bench.accepted(Int.random(in: 1...3, using: &random)))
        }
        try await bench.running {
            for payment in payments { try await bench.wait(for: payment.seq, in: .settled) }
        }
        #expect(await bench.platform.count(.deliver) == payments.count)
    }

    @Test("a payer who pays beside a delivery of his card does not free the card for another")
    func busyBesidePayer() async throws {
        let bench = try EngineBench()
        for _ in 0..<2 { _ = try await bench.accepted(1) }
        let first = try #require(await bench.engine.nextOwed())
        await bench.engine.take(first)
        await bench.engine.pay(try await bench.pending(1))
        #expect(await bench.engine.nextOwed() == nil)
        await bench.engine.release(first)
        #expect(await bench.engine.nextOwed() != nil)
    }

    @Test("a payment that was passed over while its card was busy is found by the next look")
    func passedOver() async throws {
        let bench = try EngineBench()
        let payments = [
            try await bench.accepted(1), try await bench.accepted(1), try await bench.accepted(2),
        ]
        for index in [0, 2] {
            let next = try #require(await bench.engine.nextOwed())
            #expect(next.seq == payments[index].seq)
            await bench.engine.take(next)
        }
        for index in [0, 2] {
            _ = try await bench.ledger.update(payments[index].seq, now: Sample.start) { _ in
                PaymentUpdate(.settled)
            }
            await bench.engine.release(payments[index])
        }
        let next = await bench.engine.nextOwed()
        #expect(next?.seq == payments[1].seq)
    }

    @Test("a pass that begins anew while rows are read begins with the oldest")
    func beginsAnew() async throws {
        let bench = try EngineBench()
        let payments = [try await bench.accepted(1), try await bench.accepted(2)]
        for payment in payments { #expect(await bench.engine.nextOwed()?.seq == payment.seq) }
        _ = try await bench.accepted(3)
        await bench.engine.letGo(of: "worked on")
        var next: Payment?
        try await withThrowingTaskGroup(of: Payment?.self) { group in
            try await bench.whileDiskIsBusy(with: payments[0]) {
                group.addTask { await bench.engine.nextOwed() }
                while await !bench.engine.workedOn.isEmpty {
                    try Task.checkCancellation()
                    await Task.yield()
                }
                await bench.engine.syncNow()
            }
            next = try await group.next() ?? nil
        }
        #expect(next?.seq == payments[0].seq)
    }

    @Test("an outcome that is not known is asked for before it is sent again")
    func askFirst() async throws {
        let bench = try EngineBench()
        let payment = try await bench.accepted()
        await bench.platform.script(.deliver, .answerLost)
        try await bench.running { try await bench.wait(for: payment.seq, in: .settled) }
        #expect(await bench.platform.story == ["deliver", "ask"])
        #expect(await bench.platform.charged(payment.seq) == payment.amount)
    }

    @Test(
        "an accepted payment whose card turns out lost",
        arguments: [
            (DeliveryRules.LostCard.hold, PaymentState.held), (.submit, .settled),
        ])
    func lostCard(rule: DeliveryRules.LostCard, state: PaymentState) async throws {
        let bench = try EngineBench(rules: DeliveryRules(lostCard: rule))
        let payment = try await bench.accepted()
        await bench.platform.lose(Sample.card())
        try await bench.running { try await bench.wait(for: payment.seq, in: state) }
        let reason = try await bench.ledger.payment(payment.seq)?.reason
        #expect(reason == (state == .held ? .cardLost : nil))
    }

    @Test("other rules hold for what is delivered from then on; the width of the drain stays")
    func otherRules() async throws {
        let bench = try EngineBench()
        let payment = try await bench.accepted()
        await bench.platform.lose(Sample.card())
        await bench.engine.adopt(DeliveryRules(lostCard: .submit, concurrency: 1))
        try await bench.running { try await bench.wait(for: payment.seq, in: .settled) }
        #expect(await bench.engine.rules.concurrency == Sample.rules.concurrency)
        #expect(await bench.engine.judge.rules.lostCard == .submit)
    }

    @Test("three cards refused in a row stop the drain; an operator lets it go on")
    func refusals() async throws {
        let bench = try EngineBench(rules: DeliveryRules(concurrency: 1))
        var payments: [Payment] = []
        for card in 1...5 { payments.append(try await bench.accepted(card)) }
        for card in 1...4 { await bench.platform.impoverish(Sample.card(card)) }
        try await bench.running {
            for payment in payments[..<2] {
                try await bench.wait(for: payment.seq, in: .rejected)
            }
            await bench.platform.waitForCalls(3, of: .ask)
            try await bench.waitForDrainStop()
            for payment in payments[2...] { #expect(try await bench.state(payment) == .accepted) }
            // The other two were in hand and marked; a sixth is not even begun.
            #expect(await bench.platform.count(.deliver) == 3)
            #expect(await bench.engine.figures.deliveries.count == 3)
            let sixth = try await bench.accepted(6)
            try await bench.turn()
            #expect(await bench.platform.count(.exchange) == 5)
            #expect(try await bench.state(sixth) == .accepted)
            await bench.engine.syncNow()
            for payment in payments[2...3] {
                try await bench.wait(for: payment.seq, in: .rejected)
            }
            try await bench.wait(for: payments[4].seq, in: .settled)
        }
        #expect(await bench.platform.charged(payments[4].seq) == payments[4].amount)
    }

    /// An engine after a restart, with the last of three payments; the cards of the other two were
    /// refused before it, and its own will be.
    private func refused() async throws -> (bench: EngineBench, last: Payment) {
        let bench = try EngineBench(rules: DeliveryRules(concurrency: 1))
        var payments: [Payment] = []
        for card in 1...3 { payments.append(try await bench.accepted(card)) }
        for card in 1...3 { await bench.platform.impoverish(Sample.card(card)) }
        try await bench.running {
            for payment in payments[..<2] {
                try await bench.wait(for: payment.seq, in: .rejected)
            }
        }
        return (bench.restarted(), payments[2])
    }

    @Test("an operator who starts it lets it go on: a replay that is repeated gets to its end")
    func refusalsOnOperatorsWord() async throws {
        let (bench, last) = try await refused()
        try await bench.running(onOperatorsWord: true) {
            try await bench.wait(for: last.seq, in: .rejected)
        }
    }

    @Test("refusals before a restart count: a wrong key does not reject more at each start")
    func refusalsOverARestart() async throws {
        let (second, third) = try await refused()
        try await second.running {
            try await second.flowing {
                while await !second.engine.status.drainStopped,
                    try await second.state(third) == .accepted
                { await Task.yield() }
            }
        }
        #expect(try await second.state(third) == .accepted)
        #expect(await second.engine.status.drainStopped)
    }

    @Test("a reversal of another platform waits for it, and says so")
    func reversalOfAnother() async throws {
        let other = PlatformIdentity(host: "pre.example.com", clientID: "test")
        let bench = try EngineBench(identity: other)
        let payment = try await bench.pending(policy: OfflinePolicy(enabled: false))
        _ = try await bench.ledger.update(payment.seq, now: bench.clock.now()) { _ in
            PaymentUpdate(.reversing, reason: .interrupted, send: .ended)
        }
        try await bench.running {
            var now = try await bench.ledger.payment(payment.seq)
            while now?.reason != .platformChanged {
                await bench.clock.waitForSleepers(1)
                now = try await bench.ledger.payment(payment.seq)
            }
            #expect(now?.state == .reversing)
        }
        #expect(await bench.platform.story == [])
    }

    @Test("a payment of another platform is held, never sent")
    func platformChanged() async throws {
        let other = PlatformIdentity(host: "pre.example.com", clientID: "test")
        let bench = try EngineBench(identity: other)
        let payment = try await bench.accepted()
        try await bench.running {
            let held = try await bench.wait(for: payment.seq, in: .held)
            #expect(held.reason == .platformChanged)
        }
        #expect(await bench.platform.story == [])
    }

    @Test("an open breaker sends nothing; the probe that finds the platform drains at once")
    func breaker() async throws {
        let bench = try EngineBench(rules: DeliveryRules(concurrency: 1))
        await bench.platform.reachable(false)
        for _ in 0..<3 {
            let payment = try await bench.pending(9)
            await bench.engine.pay(payment)
        }
        #expect(await bench.engine.status.platform == .offline)
        #expect(await !bench.engine.platformIsUp)
        let owed = try await bench.accepted(1)
        let before = await bench.platform.count(.deliver)
        try await bench.running {
            try await bench.flowing { await bench.platform.waitForCalls(4, of: .probe) }
            #expect(await bench.platform.count(.deliver) == before)
            await bench.platform.reachable(true)
            try await bench.wait(for: owed.seq, in: .settled)
        }
        #expect(await bench.engine.platformIsUp)
    }

    @Test("refused credentials are an alarm until they are accepted again")
    func credentials() async throws {
        let bench = try EngineBench()
        await bench.platform.script(.deliver, .answer(.notSent(.credentials)))
        let payment = try await bench.accepted()
        try await bench.running {
            await bench.platform.waitForCalls(1, of: .probe)
            try await bench.wait(for: payment.seq, in: .settled)
        }
        let isRefused = await bench.engine.status.credentialsRefused
        #expect(!isRefused)
    }

    @Test("stop ends what is in hand and starts nothing new")
    func stop() async throws {
        let bench = try EngineBench(rules: DeliveryRules(concurrency: 1))
        let first = try await bench.accepted(1)
        let second = try await bench.accepted(2)
        await bench.platform.hold(.deliver)
        try await bench.running {
            await bench.platform.waitForCalls(1, of: .deliver)
            await bench.engine.stop()
        }
        #expect(try await bench.state(first) == .settled)
        #expect(try await bench.state(second) == .accepted)
    }
}

@Suite("Undoing", .timeLimit(.minutes(1)))
struct ReversalTests {
    private func reversing(_ bench: EngineBench) async throws -> Payment {
        let payment = try await bench.pending(policy: OfflinePolicy(enabled: false))
        return try await bench.ledger.update(payment.seq, now: bench.clock.now()) { _ in
            PaymentUpdate(.reversing, reason: .interrupted, send: .ended)
        }
    }

    @Test("a DELETE is repeated until the order is closed")
    func untilClosed() async throws {
        let bench = try EngineBench()
        let payment = try await reversing(bench)
        await bench.platform.charge(payment)
        await bench.platform.script(
            .reverse, .answer(.unknown), .answer(.processing), .answer(.later(after: .seconds(9))))
        try await bench.running { try await bench.wait(for: payment.seq, in: .reversed) }
        #expect(
            await bench.platform.story == ["ask"] + Array(repeating: "reverse", count: 4))
        #expect(await bench.platform.orders[payment.order]?.refunds == 1)
    }

    @Test("a 404 is believed only when no POST can arrive any more")
    func lateArrival() async throws {
        let bench = try EngineBench()
        let payment = try await reversing(bench)
        try await bench.running {
            let reversed = try await bench.wait(for: payment.seq, in: .reversed)
            #expect(reversed.updatedAt - Sample.start >= Sample.rules.lateArrival)
        }
        #expect(await bench.platform.count(.ask) >= 2)
        #expect(await bench.platform.count(.reverse) == 0, "nothing is there that is known as ours")
    }

    @Test("a charge that arrives late is undone")
    func lateCharge() async throws {
        let bench = try EngineBench()
        let payment = try await reversing(bench)
        try await bench.running {
            await bench.platform.waitForCalls(1, of: .ask)
            await bench.platform.charge(payment)
            try await bench.wait(for: payment.seq, in: .reversed)
        }
        #expect(await bench.platform.charged(payment.seq) == .zero)
    }

    @Test("a settled payment is refunded once, although its first answer is lost")
    func refund() async throws {
        let bench = try EngineBench()
        let payment = try await bench.pending()
        await bench.engine.pay(payment)
        _ = try await bench.ledger.update(payment.seq, now: bench.clock.now()) { _ in
            PaymentUpdate(.reversing, by: "chen")
        }
        await bench.platform.script(.reverse, .answerLost)
        try await bench.running { try await bench.wait(for: payment.seq, in: .reversed) }
        #expect(await bench.platform.orders[payment.order]?.refunds == 1)
    }

    @Test("a payment withdrawn during its own POST is undone only after that POST has ended")
    func ownPost() async throws {
        let bench = try EngineBench()
        let payment = try await bench.accepted()
        await bench.platform.hold(.deliver)
        try await bench.running {
            await bench.platform.waitForCalls(1, of: .deliver)
            _ = try await bench.ledger.update(payment.seq, now: bench.clock.now()) { _ in
                PaymentUpdate(.reversing, by: "chen")
            }
            await bench.engine.wake()
            await bench.platform.release(.deliver)
            try await bench.wait(for: payment.seq, in: .reversed)
        }
        #expect(await bench.platform.story == ["deliver", "reverse"])
        #expect(await bench.platform.charged(payment.seq) == .zero)
    }
}
