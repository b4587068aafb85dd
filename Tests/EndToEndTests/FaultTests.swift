import Foundation
import Sandbox
import Testing

/// A payment through each fault of the platform: told "yes" means charged once in the end, told
/// "no" means not charged in the end.
@Suite("a payment through each fault of the platform") struct FaultTests {
    static let faults: [SandboxFault] = SandboxFault.Mode.allCases.flatMap { mode in
        mode == .status
            ? [500, 503, 401, 429, 302, 404, 408].map { status in
                SandboxFault(
                    mode, method: "POST", path: "/sovellpay/v2/trade", times: 2,
                    milliseconds: status == 429 ? 1_000 : nil, status: status)
            }
            : [
                SandboxFault(
                    mode, method: "POST", path: "/sovellpay/v2/trade", times: 2,
                    milliseconds: mode == .delay ? 3_000 : nil)
            ]
    }

    @Test(
        "with offline payments allowed it is approved and charged exactly once", arguments: faults)
    func allowed(fault: SandboxFault) async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(platform: url, yaml: "sync: {retry_min: 100ms, retry_max: 1s}")
            let agent = try await kiosk.start()
            await sandbox.setFaults([fault])
            let seq = try await kiosk.request(1_250)
            try await kiosk.tap(Cards.normal)
            let told = try await kiosk.outcome(seq).state
            #expect(["accepted", "settled"].contains(told))
            let end = try await kiosk.wait(for: seq, ["settled"])
            #expect(end == "settled", "\(agent.output)")
            let money = await sandbox.money(of: Cards.normal)
            #expect(money.charges == 1 && money.refunds == 0)
        }
    }

    @Test("without offline payments a declined one is undone in the end", arguments: faults)
    func forbidden(fault: SandboxFault) async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(
                platform: url,
                yaml: """
                    offline: {enabled: false}
                    sync: {retry_min: 100ms, retry_max: 1s, late_arrival: 4s}
                    """)
            let agent = try await kiosk.start()
            await sandbox.setFaults([fault])
            let seq = try await kiosk.request(1_250)
            try await kiosk.tap(Cards.normal)
            let told = try await kiosk.outcome(seq).state
            let end = try await kiosk.wait(for: seq, ["settled", "refused", "reversed"])
            let money = await sandbox.money(of: Cards.normal)
            if told == "settled" {
                #expect(end == "settled" && money.charges - money.refunds == 1)
            } else {
                #expect(["refused", "reversing", "reversed"].contains(told))
                #expect(["refused", "reversed"].contains(end), "\(agent.output)")
                #expect(money.charges == money.refunds)
            }
        }
    }

    @Test(
        "a token endpoint in trouble never loses a payment",
        arguments: SandboxFault.Mode.allCases)
    func tokenEndpoint(mode: SandboxFault.Mode) async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(platform: url, yaml: "sync: {retry_min: 100ms, retry_max: 1s}")
            let agent = try await kiosk.start()
            await sandbox.setFaults([
                SandboxFault(
                    mode, method: "POST", path: "/oauth/v2/token", times: 2,
                    milliseconds: mode == .delay ? 1_500 : nil)
            ])
            let seq = try await kiosk.request(1_250)
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.wait(for: seq, ["settled"]) == "settled", "\(agent.output)")
            #expect(await sandbox.money(of: Cards.normal).charges == 1)
        }
    }
}
