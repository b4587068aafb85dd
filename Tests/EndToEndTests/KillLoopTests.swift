import Foundation
import Sandbox
import Synchronization
import TerminalTesting
import Testing

/// kill -9 of the built agent again and again, at moments drawn from a seed, while a till sells and
/// the network misbehaves. What payers were told is compared with what the sandbox charged.
@Suite("kill -9 at random moments") struct KillLoopTests {
    /// A soak sets `SOAK_KILLS` to run for minutes, and `SOAK_SEED` to repeat a run.
    private static let kills = number("SOAK_KILLS") ?? 10
    private static let seed = UInt64(number("SOAK_SEED") ?? 20_261_121)
    /// The agent lives this long before it is killed, in milliseconds: from within its start to
    /// several payments.
    private static let lives = 20...1_500

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap(Int.init)
    }

    @Test("no approved payment is lost or charged twice, and nobody declined is charged")
    func killed() async throws {
        var random = SeededGenerator(seed: Self.seed)
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(platform: url, yaml: Self.yaml, deadline: "1s")
            let till = Till(kiosk: kiosk)
            for _ in 0..<Self.kills {
                await sandbox.misbehave(using: &random)
                try await Self.live(
                    kiosk, till, milliseconds: Int.random(in: Self.lives, using: &random))
            }
            await sandbox.setFaults([])
            await sandbox.setNetwork(up: true)
            let agent = try await kiosk.start()
            try await kiosk.waitUntilNothingIsOpen(within: .seconds(20 + Self.kills))
            try await sandbox.settleDown()
            try await Self.check(kiosk, till, sandbox)
            agent.signal(SIGTERM)
            await agent.end()
        }
    }

    private static let yaml = """
        offline: {card_limit: 1000000, total_limit: 1000000}
        payment: {repeat_window: 0s, tap_timeout: 2s}
        sync: {retry_min: 100ms, retry_max: 300ms, late_arrival: 2s}
        """

    /// One life of the agent: it sells until it is killed.
    private static func live(_ kiosk: Kiosk, _ till: Till, milliseconds: Int) async throws {
        let agent = try kiosk.spawn()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await till.sell(while: agent) }
            // The moment is what this test is about: no event stands for it.
            try? await Task.sleep(for: .milliseconds(milliseconds))
            agent.signal(SIGKILL)
            await agent.end()
        }
    }

    private static func check(_ kiosk: Kiosk, _ till: Till, _ sandbox: SandboxServer) async throws {
        let states = try await kiosk.states()
        var charged: [String: Int] = [:]
        for trade in await sandbox.trades() { charged[trade.seq] = trade.charges - trade.refunds }
        for (seq, state) in states {
            let expected = state == "settled" ? 1 : 0
            let note = Comment("seed \(seed): \(seq) is \(state)")
            #expect(["settled", "refused", "reversed", "cancelled"].contains(state), note)
            #expect(charged[seq, default: 0] == expected, note)
        }
        #expect(Set(charged.keys).isSubset(of: states.keys), "an order that nobody knows of")
        for (seq, told) in till.told {
            let note = Comment("seed \(seed): the payer of \(seq) was told \(told)")
            let yes = ["settled", "accepted"].contains(told)
            #expect((states[seq] == "settled") == yes, note)
        }
        print(
            "killed \(kills) times from seed \(seed): \(states.count) payments,",
            "\(till.told.count) told, \(charged.values.reduce(0, +)) charged")
        #expect(till.told.count > kills / 4, "the till hardly sold anything")
    }
}

/// A POS that sells one thing after the other and keeps what its payers were told.
private final class Till: Sendable {
    private let kiosk: Kiosk
    private let outcomes = Mutex<[String: String]>([:])

    init(kiosk: Kiosk) { self.kiosk = kiosk }

    var told: [String: String] { outcomes.withLock { $0 } }

    func sell(while agent: Program) async {
        await agent.wait { lines in lines.contains { $0.contains("the local API is open") } }
        while agent.isRunning {
            guard let seq = try? await kiosk.request(3), !seq.isEmpty,
                (try? await kiosk.tap(Cards.normal)) != nil,
                let state = try? await kiosk.outcome(seq).state
            else { continue }
            if ["settled", "accepted", "refused", "reversing", "reversed"].contains(state) {
                outcomes.withLock { $0[seq] = state }
            }
        }
    }
}

extension SandboxServer {
    /// One of the network's moods, each as likely as the others.
    fileprivate func misbehave(using random: inout SeededGenerator) async {
        let trade = "/sovellpay/v2/trade"
        let moods: [[SandboxFault]] = [
            [],
            [SandboxFault(.resetAfter, path: trade, probability: 0.5)],
            [SandboxFault(.resetBefore, path: trade, probability: 0.5)],
            [SandboxFault(.delay, path: trade, probability: 0.5, milliseconds: 700)],
            [SandboxFault(.truncated, path: trade, probability: 0.5)],
            [SandboxFault(.status, path: trade, probability: 0.5, status: 503)],
            [SandboxFault(.hang, path: "/oauth", probability: 0.3)],
        ]
        await setFaults(moods.randomElement(using: &random) ?? [])
        await setNetwork(up: Int.random(in: 0..<4, using: &random) > 0)
    }
}

extension Kiosk {
    /// Starts the agent without waiting for anything.
    fileprivate func spawn() throws -> Program {
        try Program(
            Program.products.appending(path: "kiosk-agent"),
            ["run", "--config", configuration.path], environment: environment)
    }

    /// The state of every payment.
    fileprivate func states() async throws -> [String: String] {
        var states: [String: String] = [:]
        var cursor = ""
        repeat {
            let page = try await call("GET", "/v1/payments?limit=500\(cursor)").json
            for payment in page["payments"] as? [[String: Any]] ?? [] {
                guard let seq = payment["seq"] as? String else { continue }
                states[seq] = payment["state"] as? String
            }
            cursor = page["next"].flatMap { $0 is NSNull ? nil : "&after=\($0)" } ?? ""
        } while !cursor.isEmpty
        return states
    }
}
