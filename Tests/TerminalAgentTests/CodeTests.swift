import CardReader
import Ledger
import Scanner
import SyncEngine
import TerminalAgent
import TerminalCore
import TerminalTesting
import Testing

@Suite("A code pays", .timeLimit(.minutes(1)))
struct CodeTests {
    private static let code = OneTimeCode(.sms, "424242")

    @Test("a POS gives the code of the payment that waits; asked again it gets the same payment")
    func given() async throws {
        let bench = try AgentBench()
        let code = try #require(Self.code)
        try await bench.running {
            let payment = try await bench.request()
            _ = try await bench.agent.pay(payment.seq, with: code)
            let screen = await bench.screen(\.isApproved)
            #expect(screen?.approvedSeq == payment.seq)
            let again = try await bench.agent.pay(payment.seq, with: code)
            #expect((again.seq, again.state, again.card) == (payment.seq, .settled, nil))
        }
        #expect(await bench.platform.story == ["deliver"])
        #expect(await bench.platform.calls.compactMap(\.code) == [code])
    }

    @Test("what does not wait takes no code")
    func notWaiting() async throws {
        let bench = try AgentBench()
        let code = try #require(Self.code)
        try await bench.running {
            await #expect(throws: LedgerError.notFound) {
                _ = try await bench.agent.pay("K0010000000000001", with: code)
            }
            let payment = try await bench.request()
            _ = try await bench.agent.cancel(payment.seq, by: "pos")
            await #expect(throws: LedgerError.wrongState("cancelled")) {
                _ = try await bench.agent.pay(payment.seq, with: code)
            }
        }
        #expect(await bench.platform.story == [])
    }

    @Test("while the platform is known to be down a code is refused at once, and nothing is asked")
    func offline() async throws {
        let bench = try AgentBench()
        let code = try #require(Self.code)
        await bench.platform.reachable(false)
        try await bench.running {
            for card in 1...3 {
                let payment = try await bench.request()
                await bench.agent.simulateTap(Sample.card(card))
                _ = try await bench.wait(for: payment.seq, in: .accepted)
            }
            let posts = await bench.platform.count(.deliver)
            let payment = try await bench.request()
            let refused = try await bench.agent.pay(payment.seq, with: code)
            #expect((refused.state, refused.reason) == (.refused, .codeNeedsPlatform))
            await bench.screen { $0.declinedReason == .codeNeedsPlatform }
            #expect(await bench.platform.count(.deliver) == posts)
        }
    }

    @Test("silence until the deadline: the payer is told no, and a charge is undone")
    func deadline() async throws {
        let bench = try AgentBench()
        let code = try #require(Self.code)
        await bench.platform.hold(.deliver)
        try await bench.running {
            let payment = try await bench.request()
            _ = try await bench.agent.pay(payment.seq, with: code)
            await bench.platform.waitForCalls(1, of: .deliver)
            await bench.clock.waitForSleepers(1, within: .seconds(4))
            bench.clock.advance(by: .seconds(4))
            await bench.screen { $0.declinedReason == .codeNeedsPlatform }
            await bench.platform.release(.deliver)
            _ = try await bench.wait(for: payment.seq, in: .reversed)
            #expect(await bench.platform.charged(payment.seq) == .zero)
        }
    }

    @Test("a disk that takes nothing: the code pays nothing, and the POS learns why")
    func unwritable() async throws {
        let bench = try AgentBench()
        let code = try #require(Self.code)
        try await bench.running {
            let payment = try await bench.request()
            try await bench.makeReadOnly(true)
            await #expect(throws: LedgerError.self) {
                _ = try await bench.agent.pay(payment.seq, with: code)
            }
            await bench.screen { $0.declinedReason == .storageFailed }
            try await bench.makeReadOnly(false)
            bench.clock.advance(by: TerminalAgent.writePace)
        }
        #expect(await bench.platform.story == [])
    }
}

@Suite("A barcode scanner is a second source of payers", .timeLimit(.minutes(1)))
struct ScannerTests {
    private static let device = "/dev/ttyACM0"

    private func scanned(_ text: String) throws -> ScanEvent {
        .scanned(try #require(ScannedText(text)))
    }

    @Test("a scanned code pays the payment that waits, once however often it is seen")
    func scan() async throws {
        let bench = try AgentBench()
        try await bench.running {
            let payment = try await bench.request()
            for _ in 1...3 { bench.scan(try scanned("abc")) }
            _ = try await bench.wait(for: payment.seq, in: .settled)
            await bench.screen(\.isApproved)
        }
        #expect(await bench.platform.story == ["deliver"])
        #expect(await bench.platform.calls.compactMap(\.code?.exposed) == ["abc"])
    }

    @Test("in fixed mode each scanned code pays; outside of the schedule none")
    func fixed() async throws {
        let bench = try AgentBench(mode: .fixed)
        try await bench.running {
            bench.scan(try scanned("abc"))
            await bench.screen(\.isApproved)
        }
        #expect(try await bench.payments().map(\.amount) == [Money(fen: 1_500)])
        let closed = try AgentBench(mode: .fixed, schedule: AgentBench.closed)
        try await closed.running {
            let events = closed.agent.events()
            closed.scan(try scanned("abc"))
            for await case .card in events { break }
        }
        #expect(try await closed.payments() == [])
    }

    @Test("a scan that is no code, or comes when nothing waits, is told and pays nothing")
    func ignored() async throws {
        let bench = try AgentBench()
        try await bench.running {
            let events = bench.agent.events()
            bench.scan(try scanned("abc"))
            bench.scan(try scanned(" abc"))
            bench.scan(.rejected(.paused))
            var problems: [String] = []
            for await case .card(let notice) in events {
                #expect(notice.reader == Self.device)
                problems.append(notice.problem ?? "")
                if problems.count == 3 { break }
            }
            #expect(problems[0] == "no payment waits for a card")
            #expect(problems[1].contains("begins or ends with a space"))
            #expect(problems[2].contains("came in pieces"))
        }
        #expect(try await bench.payments() == [])
    }

    @Test("a scanner is enough for a terminal without a reader; pulled, it says so")
    func health() async throws {
        let bench = try AgentBench(simulated: false)
        try await bench.running {
            bench.send(.service(available: true))
            await bench.screen { $0 == .outOfService(["no card reader is plugged in"]) }
            bench.scan(.connected)
            await bench.screen { $0 == .idle }
            #expect(await bench.agent.scanner.isReady)
            let trouble = ScannerTrouble(systemError: 2, path: Self.device)
            bench.scan(.disconnected(trouble))
            await bench.screen { $0 != .idle }
            #expect(await bench.agent.scanner.troubles == [Self.device: trouble.description])
        }
    }
}
