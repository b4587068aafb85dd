import Foundation
import Sandbox
import Testing

/// The platform goes away and comes back: nobody waits for it, and it is not waited for.
@Suite("an outage of the platform") struct OutageTests {
    /// The contract's bound from the link's return to the first retry.
    private static let retryMax = Duration.seconds(2)

    @Test("a short one: approved offline at once, delivered once, within 2 s of the return")
    func short() async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(platform: url)
            let agent = try await kiosk.start()
            await sandbox.setNetwork(up: false)
            let seq = try await kiosk.request(1_250)
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.outcome(seq) == ("accepted", "platform_unreachable"))
            await sandbox.setNetwork(up: true)
            let back = ContinuousClock.now
            #expect(try await kiosk.wait(for: seq, ["settled"]) == "settled", "\(agent.output)")
            #expect(ContinuousClock.now - back < Self.retryMax)
            #expect(await sandbox.money(of: Cards.normal) == (1, 0))
        }
    }

    @Test("a long one with nobody listening, from the start on: the same")
    func long() async throws {
        await Places.kiosks.enter()
        defer { Task { await Places.kiosks.leave() } }
        let port = LoopbackPort.free()
        let kiosk = try Kiosk(platform: "http://127.0.0.1:\(port)")
        let agent = try await kiosk.start()
        var seqs: [String] = []
        for card in [Cards.normal, Cards.other, Cards.poor] {
            seqs.append(try await kiosk.request(100))
            try await kiosk.tap(card)
            #expect(try await kiosk.outcome(seqs.last ?? "").state == "accepted")
        }
        // By then waits that double would be far apart.
        try await eventually { try await kiosk.offlineMilliseconds() >= 6_000 }
        let sandbox = try await SandboxServer.started(port: port)
        let back = ContinuousClock.now
        for seq in seqs {
            #expect(try await kiosk.wait(for: seq, ["settled"]) == "settled", "\(agent.output)")
        }
        #expect(ContinuousClock.now - back < Self.retryMax)
        for card in [Cards.normal, Cards.other, Cards.poor] {
            #expect(await sandbox.money(of: card) == (1, 0))
        }
    }
}

extension Kiosk {
    /// For how long the agent has called the platform offline; 0 while it does not.
    fileprivate func offlineMilliseconds() async throws -> Int {
        let status = try await call("GET", "/v1/status").json["platform"] as? [String: Any]
        return status?["state"] as? String == "offline" ? status?["since_ms"] as? Int ?? 0 : 0
    }
}
