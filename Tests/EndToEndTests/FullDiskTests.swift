import Foundation
import Sandbox
import Testing

/// The agent on a real disk that runs full, and gets room again, while it runs.
@Suite("the disk runs full") struct FullDiskTests {
    private static let trade = "/sovellpay/v2/trade"

    @Test("new taps are refused, what was accepted is delivered in the reserve's room")
    func fixedMode() async throws {
        try await withSandbox { sandbox, url in
            let disk = try OwnDisk(.small)
            let kiosk = try Kiosk(
                platform: url,
                yaml: """
                    payment: {mode: fixed, fixed_amount: 1500, repeat_window: 0s}
                    sync: {retry_min: 100ms, retry_max: 500ms}
                    """, environment: disk.environment)
            let agent = try await kiosk.start(under: disk.wrapper)
            await sandbox.setNetwork(up: false)
            try await kiosk.tap(Cards.normal)
            try await eventually { try await kiosk.payments(in: "accepted").count == 1 }
            try disk.fill(seenBy: agent)
            await sandbox.setNetwork(up: true)
            try await kiosk.tap(Cards.other)
            try await expectsStorageFailed(kiosk, agent)
            #expect(try await eventuallySettled(kiosk) == 1, "\(agent.output)")
            #expect(await sandbox.trades().map(\.card) == [Cards.normal])
            #expect(try await !kiosk.storage().isFine)
            try disk.free(seenBy: agent)
            try await kiosk.tap(Cards.other)
            #expect(try await eventuallySettled(kiosk, count: 2) == 2, "\(agent.output)")
            #expect(await sandbox.money(of: Cards.normal) == (1, 0))
            #expect(await sandbox.money(of: Cards.other) == (1, 0))
            #expect(try await kiosk.storage().isFine)
            #expect(try await kiosk.call("GET", "/readyz").status == 200)
        }
    }

    @Test("a whole backlog is delivered in the reserve's room, and the ledger stays whole")
    func backlog() async throws {
        try await withSandbox { sandbox, url in
            let disk = try OwnDisk(.small)
            let kiosk = try Kiosk(
                platform: url,
                yaml: """
                    payment: {mode: fixed, fixed_amount: 100, repeat_window: 0s}
                    sync: {retry_min: 100ms, retry_max: 500ms}
                    """, environment: disk.environment)
            let agent = try await kiosk.start(under: disk.wrapper)
            await sandbox.setNetwork(up: false)
            for count in 1...40 {
                try await kiosk.tap(count.isMultiple(of: 2) ? Cards.normal : Cards.other)
                try await eventually { try await kiosk.payments(in: "accepted").count == count }
            }
            try disk.fill(seenBy: agent)
            // The log may still have room for some.
            try await eventually {
                try await kiosk.tap(Cards.normal)
                return try await !kiosk.storage().isFine
            }
            let accepted = try await kiosk.payments(in: "accepted").count
            await sandbox.setNetwork(up: true)
            #expect(
                try await eventuallySettled(kiosk, count: accepted) == accepted, "\(agent.output)")
            #expect(try await !kiosk.storage().isFine)
            let charges = await sandbox.trades().map(\.charges)
            #expect(charges == Array(repeating: 1, count: accepted))
            try disk.free(seenBy: agent)
            try await kiosk.tap(Cards.other)
            #expect(try await eventuallySettled(kiosk, count: accepted + 1) == accepted + 1)
            #expect(try await kiosk.storage().isFine)
            #expect(try await isSound(kiosk))
        }
    }

    @Test("a POS is told so, and a waiting payment whose tap could not be written is cancelled")
    func requestedMode() async throws {
        try await withSandbox { sandbox, url in
            let disk = try OwnDisk(.small)
            let kiosk = try Kiosk(
                platform: url, yaml: "payment: {tap_timeout: 5s, repeat_window: 0s}",
                environment: disk.environment)
            let agent = try await kiosk.start(under: disk.wrapper)
            let waiting = try await kiosk.request(1_250)
            try disk.fill(seenBy: agent)
            try await kiosk.tap(Cards.normal)
            try await expectsStorageFailed(kiosk, agent)
            let refused = try await kiosk.call("POST", "/v1/payments", ["amount": 700])
            #expect(refused.status == 503)
            #expect(refused.json["type"] as? String == "urn:kiosk-agent:problem:unavailable")
            #expect((refused.json["detail"] as? String)?.contains("disk is full") == true)
            #expect(await sandbox.requests().allSatisfy { !$0.isPOST(of: Self.trade) })
            try disk.free(seenBy: agent)
            let next = try await kiosk.request(700)
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.outcome(next).state == "settled", "\(agent.output)")
            #expect(try await kiosk.outcome(waiting) == ("cancelled", "storage_failed"))
            #expect(await sandbox.money(of: Cards.normal) == (1, 0))
        }
    }

    @Test("a start without any room serves, refuses payments, and makes good what it could not")
    func start() async throws {
        try await withSandbox { sandbox, url in
            let disk = try OwnDisk(.full)
            let kiosk = try Kiosk(
                platform: url, yaml: "payment: {repeat_window: 0s}", environment: disk.environment)
            let first = try await kiosk.start()
            let left = try await kiosk.request(1_250)
            first.signal(SIGKILL)
            await first.end()
            let agent = try await kiosk.start(under: disk.wrapper)
            await agent.wait { lines in
                lines.contains { $0.contains("critical") && $0.contains("disk is full") }
            }
            try await eventually { try await !kiosk.storage().isFine }
            #expect(try await kiosk.call("GET", "/readyz").status == 503)
            #expect(try await kiosk.call("GET", "/").status == 200)
            let refused = try await kiosk.call("POST", "/v1/payments", ["amount": 700])
            #expect(refused.status == 503)
            #expect((refused.json["detail"] as? String)?.contains("disk is full") == true)
            let unchanged = try await kiosk.call("GET", "/v1/payments/\(left)")
            #expect(unchanged.json["state"] as? String == "awaiting_card")
            try disk.free(seenBy: agent)
            #expect(try await kiosk.outcome(left) == ("cancelled", "interrupted"))
            let next = try await kiosk.request(700)
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.outcome(next).state == "settled", "\(agent.output)")
            #expect(await sandbox.money(of: Cards.normal) == (1, 0))
            #expect(try await kiosk.storage().isFine)
        }
    }

    /// The screen, the status, `readyz`, the log and `doctor` all name the reason.
    private func expectsStorageFailed(_ kiosk: Kiosk, _ agent: Program) async throws {
        let screen = try await kiosk.call("GET", "/v1/status").json["screen"] as? [String: Any]
        #expect(screen?["kind"] as? String == "declined")
        #expect(screen?["reason"] as? String == "storage_failed")
        let storage = try await kiosk.storage()
        #expect(!storage.isFine && storage.problem.contains("disk is full"))
        let ready = try await kiosk.call("GET", "/readyz")
        #expect(ready.status == 503)
        #expect((ready.json["detail"] as? String)?.contains("disk is full") == true)
        await agent.wait { lines in lines.contains { $0.contains("disk is full") } }
        #expect(agent.output.contains { $0.contains("critical") && $0.contains("disk is full") })
        let doctor = try await kiosk.command("doctor")
        #expect(doctor.code == 1 && doctor.text.contains("disk is full"), "\(doctor.text)")
    }

    /// What the check of the ledger says once it is through.
    private func isSound(_ kiosk: Kiosk) async throws -> Bool {
        var answer = try await kiosk.call("POST", "/v1/verify")
        try await eventually {
            if answer.status == 202 { answer = try await kiosk.call("POST", "/v1/verify") }
            return answer.status != 202
        }
        return answer.json["sound"] as? Bool ?? false
    }

    private func eventuallySettled(_ kiosk: Kiosk, count: Int = 1) async throws -> Int {
        try await eventually { try await kiosk.payments(in: "settled").count == count }
        return try await kiosk.payments(in: "settled").count
    }
}

extension SandboxRequest {
    fileprivate func isPOST(of path: String) -> Bool { method == "POST" && self.path == path }
}

extension Kiosk {
    /// What the status says of the ledger's disk.
    fileprivate func storage() async throws -> (isFine: Bool, problem: String) {
        let status = try await call("GET", "/v1/status").json["storage"] as? [String: Any]
        return (status?["ok"] as? Bool ?? false, status?["problem"] as? String ?? "")
    }
}
