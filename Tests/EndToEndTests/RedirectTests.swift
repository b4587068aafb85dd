import Foundation
import Sandbox
import Testing

/// The calls of payments are redirected while tokens are given: what a check of the platform alone
/// does not see.
@Suite("a platform that redirects the calls of payments") struct RedirectTests {
    private static let words = "the platform sends us elsewhere — it redirects to "

    private static func problem(of kiosk: Kiosk) async throws -> String? {
        let status = try await kiosk.call("GET", "/v1/status").json["platform"]
        return (status as? [String: Any])?["problem"] as? String
    }

    @Test("is named in the log, by status and by the doctor, until it answers")
    func named() async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(platform: url, yaml: "sync: {retry_min: 100ms, retry_max: 1s}")
            let agent = try await kiosk.start()
            await sandbox.setFaults([
                SandboxFault(.status, path: "/sovellpay/v2/trade", status: 302)
            ])
            let seq = try await kiosk.request(1_250)
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.outcome(seq).state == "accepted", "\(agent.output)")
            #expect(try await Self.problem(of: kiosk)?.hasPrefix(Self.words) == true)
            try await eventually { agent.output.contains { $0.contains(Self.words) } }
            let (_, status) = try await kiosk.command("status")
            #expect(status.contains(Self.words), "\(status)")
            let (code, doctor) = try await kiosk.command("doctor")
            #expect(code == 1 && doctor.contains("PROBLEM  agent: " + Self.words), "\(doctor)")
            await sandbox.setFaults([])
            #expect(try await kiosk.wait(for: seq, ["settled"]) == "settled", "\(agent.output)")
            #expect(try await Self.problem(of: kiosk) == nil)
            #expect(await sandbox.money(of: Cards.normal).charges == 1)
        }
    }
}
