import CardReader
import SyncEngine
import TerminalAgent
import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("A POS asks, a card pays", .timeLimit(.minutes(1)))
struct RequestedTests {
    @Test("a payment is asked for, tapped, charged and shown")
    func settled() async throws {
        let bench = try AgentBench()
        try await bench.running {
            let payment = try await bench.request()
            #expect(
                await bench.agent.screen
                    == .awaitingCard(
                        Session.Waiting(
                            seq: payment.seq, amount: payment.amount, title: "Lunch",
                            expiresAt: payment.expiresAt)))
            await bench.agent.simulateTap(Sample.card())
            let screen = await bench.screen(\.isApproved)
            #expect(
                screen
                    == .approved(
                        seq: payment.seq, amount: payment.amount, balance: nil, offline: false))
            await bench.agent.waitForOutcome(of: payment.seq, atMost: .seconds(30))
            #expect(try await bench.ledger.payment(payment.seq)?.state == .settled)
        }
        #expect(await bench.platform.story == ["deliver"])
    }

    @Test("a second request is busy until the first has its card")
    func busy() async throws {
        let bench = try AgentBench()
        try await bench.running {
            let first = try await bench.request()
            await #expect(throws: RequestError.busy(first.seq)) { try await bench.request() }
            await bench.agent.simulateTap(Sample.card())
            let second = try await bench.request()
            #expect(second.seq > first.seq)
            await bench.screen { !$0.isPaying }
        }
    }

    @Test("the same reference finds the payment, waiting or paid; another amount is a conflict")
    func reference() async throws {
        let bench = try AgentBench()
        try await bench.running {
            let first = try await bench.request(reference: "bill 7")
            #expect(try await bench.request(reference: "bill 7").seq == first.seq)
            await bench.agent.simulateTap(Sample.card())
            _ = try await bench.wait(for: first.seq, in: .settled)
            #expect(try await bench.request(reference: "bill 7").state == .settled)
            await #expect(throws: RequestError.ledger(.referenceConflict(first.seq))) {
                try await bench.request(99, reference: "bill 7")
            }
        }
        #expect(try await bench.payments().count == 1)
    }

    @Test("the deadline passes with an offline yes: approved now, settled when the answer comes")
    func deadlineYes() async throws {
        let bench = try AgentBench()
        await bench.platform.hold(.deliver)
        try await bench.running {
            let payment = try await bench.request()
            await bench.agent.simulateTap(Sample.card())
            await bench.platform.waitForCalls(1, of: .deliver)
            await bench.clock.waitForSleepers(1, within: .seconds(4))
            #expect(await bench.agent.screen == .paying(amount: payment.amount))
            bench.clock.advance(by: .seconds(4))
            let screen = await bench.screen(\.isApproved)
            #expect(
                screen
                    == .approved(
                        seq: payment.seq, amount: payment.amount, balance: nil, offline: true))
            await bench.platform.release(.deliver)
            let settled = try await bench.wait(for: payment.seq, in: .settled)
            #expect(settled.offline)
        }
        #expect(await bench.platform.story == ["deliver"])
    }

    @Test("the deadline passes with an offline no: declined now, and undone")
    func deadlineNo() async throws {
        let bench = try AgentBench(policy: OfflinePolicy(enabled: false))
        await bench.platform.hold(.deliver)
        try await bench.running {
            let payment = try await bench.request()
            await bench.agent.simulateTap(Sample.card())
            await bench.platform.waitForCalls(1, of: .deliver)
            await bench.clock.waitForSleepers(1, within: .seconds(4))
            bench.clock.advance(by: .seconds(4))
            let screen = await bench.screen { $0.declinedReason != nil }
            #expect(
                screen == .declined(seq: payment.seq, reason: .offlineDisabled, isReturning: true))
            #expect(try await bench.ledger.payment(payment.seq)?.state == .reversing)
            await bench.platform.release(.deliver)
            _ = try await bench.wait(for: payment.seq, in: .reversed)
            #expect(await bench.platform.charged(payment.seq) == .zero)
        }
        #expect(await bench.platform.story == ["deliver", "reverse"])
    }

    @Test("while the platform is known to be down a tap is decided at once")
    func platformDown() async throws {
        let bench = try AgentBench()
        await bench.platform.reachable(false)
        try await bench.running {
            for card in 1...3 {
                let payment = try await bench.request()
                await bench.agent.simulateTap(Sample.card(card))
                _ = try await bench.wait(for: payment.seq, in: .accepted)
            }
            while await bench.engine.platformIsUp { await Task.yield() }
            let payment = try await bench.request()
            await bench.agent.simulateTap(Sample.card(4))
            #expect(await bench.agent.screen.isApproved)
            let history = try await bench.ledger.history(payment.seq)
            #expect(history.map(\.to) == [.awaitingCard, .accepted])
            #expect(try await bench.ledger.payment(payment.seq)?.attempts == 0)
        }
    }

    @Test("another offline limit holds from the next tap on")
    func otherLimit() async throws {
        let bench = try AgentBench()
        await bench.platform.reachable(false)
        try await bench.running {
            for card in 1...3 {
                let payment = try await bench.request()
                await bench.agent.simulateTap(Sample.card(card))
                _ = try await bench.wait(for: payment.seq, in: .accepted)
            }
            while await bench.engine.platformIsUp { await Task.yield() }
            await bench.agent.adopt(
                AgentRules(
                    mode: .requested, title: "Canteen", schedule: AgentBench.allDay,
                    policy: OfflinePolicy(paymentLimit: Money(fen: 1_499))))
            _ = try await bench.request()
            await bench.agent.simulateTap(Sample.card(4))
            let screen = await bench.screen { $0.declinedReason != nil }
            #expect(screen?.declinedReason == .offlinePaymentLimit)
        }
    }

    @Test("a decline stays for eight seconds, or until the next payment is asked for")
    func declineStays() async throws {
        let bench = try AgentBench()
        await bench.platform.impoverish(Sample.card())
        try await bench.running {
            _ = try await bench.request()
            await bench.agent.simulateTap(Sample.card())
            await bench.screen { $0.declinedReason == .balanceTooLow }
            bench.clock.advance(by: .seconds(7))
            #expect(await bench.agent.screen.declinedReason == .balanceTooLow)
            bench.clock.advance(by: .seconds(1))
            #expect(await bench.agent.screen == .idle)
            _ = try await bench.request()
            await bench.agent.simulateTap(Sample.card())
            await bench.screen { $0.declinedReason == .balanceTooLow }
            _ = try await bench.request()
            #expect(await bench.agent.screen.declinedReason == nil)
        }
    }

    @Test("the same card within the repeat window is one tap")
    func repeatWindow() async throws {
        let bench = try AgentBench()
        try await bench.running {
            let first = try await bench.request()
            await bench.agent.simulateTap(Sample.card())
            _ = try await bench.wait(for: first.seq, in: .settled)
            await bench.screen(\.isApproved)
            let second = try await bench.request()
            await bench.agent.simulateTap(Sample.card())
            #expect(try await bench.ledger.payment(second.seq)?.state == .awaitingCard)
            bench.clock.advance(by: .seconds(3))
            await bench.agent.simulateTap(Sample.card())
            _ = try await bench.wait(for: second.seq, in: .settled)
            await bench.screen { $0.approvedSeq == second.seq }
        }
    }

    @Test("a card that cannot be read is said so, and the payment still waits")
    func unreadable() async throws {
        let bench = try AgentBench()
        try await bench.running {
            let payment = try await bench.request()
            bench.send(.failed(.removed, reader: "ACR122"))
            let screen = await bench.screen { $0.declinedReason != nil }
            #expect(screen == .declined(seq: nil, reason: .cardUnreadable))
            #expect(await bench.agent.reader.lastProblem != nil)
            bench.send(
                .tapped(CardTap(reader: "ACR122", number: Sample.card())))
            _ = try await bench.wait(for: payment.seq, in: .settled)
            await bench.screen { $0.approvedSeq == payment.seq }
        }
    }

    @Test("a tap that nobody asked for pays nothing")
    func unasked() async throws {
        let bench = try AgentBench()
        try await bench.running { await bench.agent.simulateTap(Sample.card()) }
        #expect(try await bench.payments() == [])
    }

    @Test("the POS cancels; a second time and after a tap it is too late")
    func cancel() async throws {
        let bench = try AgentBench()
        try await bench.running {
            let payment = try await bench.request()
            let cancelled = try await bench.agent.cancel(payment.seq, by: "pos")
            #expect((cancelled.state, cancelled.reason) == (.cancelled, .cancelled))
            #expect(await bench.agent.screen == .cancelled(seq: payment.seq))
            await #expect(throws: LedgerError.wrongState("cancelled")) {
                try await bench.agent.cancel(payment.seq, by: "pos")
            }
            await #expect(throws: LedgerError.notFound) {
                try await bench.agent.cancel("K0010000000000001", by: "pos")
            }
            await bench.agent.simulateTap(Sample.card())
            #expect(try await bench.payments().map(\.state) == [.cancelled])
        }
    }

    @Test("no tap in time cancels")
    func expiry() async throws {
        let bench = try AgentBench()
        try await bench.running {
            let payment = try await bench.request()
            await bench.clock.waitForSleepers(1, within: .seconds(60))
            bench.clock.advance(by: .seconds(60))
            let cancelled = try await bench.wait(for: payment.seq, in: .cancelled)
            #expect(cancelled.reason == .cancelled)
        }
    }

    @Test("an operator's refund of a settled payment reaches the platform")
    func refund() async throws {
        let bench = try AgentBench()
        try await bench.running {
            let payment = try await bench.request()
            await bench.agent.simulateTap(Sample.card())
            _ = try await bench.wait(for: payment.seq, in: .settled)
            _ = try await bench.agent.reverse(payment.seq, by: "chen")
            _ = try await bench.wait(for: payment.seq, in: .reversed)
        }
        #expect(await bench.platform.orders.values.map(\.refunds) == [1])
    }
}
