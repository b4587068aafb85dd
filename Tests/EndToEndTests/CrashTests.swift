import Foundation
import Sandbox
import Testing

/// kill -9 of the built agent between each two steps of a payment.
@Suite("a kill between any two steps of a payment") struct CrashTests {
    /// Where the payment stands when the agent is killed.
    enum Step: String, CaseIterable, Sendable {
        /// The tap is on disk, the card is not exchanged yet.
        case recorded
        /// The card is exchanged, the POST is under way and will not be worked on.
        case sent
        /// The POST is under way and arrives after the restart.
        case late
        /// The POST was worked on, its answer is lost.
        case charged

        var fault: SandboxFault {
            switch self {
            case .recorded: SandboxFault(.hang, method: "POST", path: "/oauth/v2/token", times: 1)
            case .sent: SandboxFault(.hang, method: "POST", path: "/sovellpay/v2/trade", times: 1)
            case .late:
                SandboxFault(
                    .delay, method: "POST", path: "/sovellpay/v2/trade", times: 1,
                    milliseconds: 1_500)
            case .charged:
                SandboxFault(.endless, method: "POST", path: "/sovellpay/v2/trade", times: 1)
            }
        }

        /// How often the killed program's own POST charges, sooner or later.
        var charges: Int { self == .late || self == .charged ? 1 : 0 }

        /// The request that shows that the step is reached.
        var path: String { self == .recorded ? "/oauth/v2/token" : "/sovellpay/v2/trade" }
    }

    @Test(
        "a payment whose payer was never told is undone or surely never happened",
        arguments: Step.allCases, [true, false])
    func killedWhilePending(step: Step, offlineAllowed: Bool) async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(
                platform: url,
                yaml: """
                    offline: {enabled: \(offlineAllowed)}
                    sync: {retry_min: 100ms, retry_max: 500ms, late_arrival: 3s}
                    """, deadline: "30s")
            var agent = try await kiosk.start()
            try await sandbox.waitForProbe()
            await sandbox.setFaults([step.fault])
            let seq = try await kiosk.request(1_250)
            try await kiosk.tap(Cards.normal)
            try await sandbox.wait(forPOSTOf: step.path)
            agent.signal(SIGKILL)
            await agent.end()
            agent = try await kiosk.start()
            if step == .late { #expect(await sandbox.trades().isEmpty) }
            let end = try await kiosk.wait(for: seq, ["refused", "reversed", "settled"])
            #expect(end == "reversed", "\(agent.output)")
            try await sandbox.settleDown()
            let money = await sandbox.money(of: Cards.normal)
            #expect(money == (step.charges, step.charges))
            #expect(await sandbox.card(Cards.normal)?.balance == Cards.balance)
        }
    }

    @Test(
        "an approved payment is delivered once after a kill during its delivery",
        arguments: Step.allCases)
    func killedWhileDelivering(step: Step) async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(
                platform: url, yaml: "sync: {retry_min: 100ms, retry_max: 500ms}")
            var agent = try await kiosk.start()
            await sandbox.setNetwork(up: false)
            let seq = try await kiosk.request(1_250)
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.outcome(seq).state == "accepted")
            await sandbox.setFaults([step.fault])
            await sandbox.setNetwork(up: true)
            try await sandbox.wait(forPOSTOf: step.path)
            agent.signal(SIGKILL)
            await agent.end()
            agent = try await kiosk.start()
            if step == .late { #expect(await sandbox.trades().isEmpty) }
            #expect(try await kiosk.wait(for: seq, ["settled"]) == "settled", "\(agent.output)")
            try await sandbox.settleDown()
            #expect(await sandbox.money(of: Cards.normal) == (1, 0))
            if step == .late {
                let answered = await sandbox.requests().filter { $0.answersPOST(of: step.path) }
                #expect(answered.count == 2, "the killed program's POST and the restarted one's")
            }
        }
    }
}

extension SandboxRequest {
    /// Whether it is a POST of `path` that the platform worked on.
    fileprivate func answersPOST(of path: String) -> Bool {
        method == "POST" && self.path == path && status != nil
    }
}

extension SandboxServer {
    /// Waits until a POST of `path` came in.
    func wait(forPOSTOf path: String) async throws {
        try await eventually {
            await requests().contains {
                $0.method == "POST" && $0.path.hasPrefix(path) && $0.fault != nil
            }
        }
    }

    /// Waits until the agent has its first token.
    func waitForProbe() async throws {
        try await eventually { await requests().contains { $0.status == 200 } }
    }

    /// Waits until every request that came in was answered, broken off or given up.
    func settleDown() async throws {
        try await eventually {
            await requests().allSatisfy { $0.milliseconds != nil || $0.fault == "hang" }
        }
    }
}

extension Kiosk {
    /// The seqs of all payments in one state.
    func payments(in state: String) async throws -> [String] {
        let answer = try await call("GET", "/v1/payments?state=\(state)&limit=500")
        let payments = answer.json["payments"] as? [[String: Any]] ?? []
        return payments.compactMap { $0["seq"] as? String }
    }

    func waitUntilNothingIsOpen(within time: Duration = .seconds(20)) async throws {
        try await eventually(within: time) {
            let open = try await call("GET", "/v1/payments?state=pending,accepted,reversing")
            return (open.json["payments"] as? [Any])?.isEmpty ?? false
        }
    }
}
