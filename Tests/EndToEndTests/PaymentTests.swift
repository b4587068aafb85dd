import Foundation
import Sandbox
import Testing

/// The main job over the built agent, real HTTP and a real ledger; taps come by the API.
@Suite("a payment from tap to outcome") struct PaymentTests {
    @Test(
        "the card and the platform decide",
        arguments: [
            (Cards.normal, "settled", String?.none, 1),
            (Cards.lost, "refused", "card_lost", 0),
            (Cards.poor, "refused", "balance_too_low", 0),
            ("0455667788AA80", "refused", "card_unknown", 0),
        ])
    func outcome(card: String, state: String, reason: String?, charges: Int) async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(platform: url)
            let agent = try await kiosk.start()
            let seq = try await kiosk.request(1_250)
            try await kiosk.tap(card)
            let outcome = try await kiosk.outcome(seq)
            #expect(outcome.state == state)
            #expect(outcome.reason == reason)
            #expect(await sandbox.money(of: card).charges == charges)
            agent.signal(SIGTERM)
            #expect(await agent.end() == 0)
        }
    }

    @Test(
        "a lost card is refused offline once the platform has said so, and served when it is lifted"
    )
    func lostCardOffline() async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(platform: url, yaml: "payment: {repeat_window: 0s}")
            let agent = try await kiosk.start()
            func pay() async throws -> (state: String, reason: String?) {
                let seq = try await kiosk.request(500)
                try await kiosk.tap(Cards.lost)
                return try await kiosk.outcome(seq)
            }
            #expect(try await pay().reason == "card_lost")
            await sandbox.setNetwork(up: false)
            #expect(try await pay().reason == "card_lost")
            await sandbox.setNetwork(up: true)
            await sandbox.setCard(
                SandboxCard(number: Cards.lost, name: "found", balance: 10_000))
            _ = try await kiosk.call("POST", "/v1/sync")
            var state = try await pay().state
            if state != "settled" { state = try await pay().state }
            #expect(state == "settled")
            #expect(agent.isRunning)
        }
    }

    @Test("an operator's block refuses a card online, and is lifted by the operator alone")
    func operatorsBlock() async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(platform: url, yaml: "payment: {repeat_window: 0s}")
            let agent = try await kiosk.start()
            #expect(try await kiosk.command("lost-cards", "add", Cards.normal).code == 0)
            let blocked = try await kiosk.request(500)
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.outcome(blocked).reason == "card_lost")
            #expect(await sandbox.requests().allSatisfy { $0.note?.contains("card") != true })
            #expect(try await kiosk.command("lost-cards", "remove", Cards.normal).code == 0)
            let served = try await kiosk.request(500)
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.outcome(served).state == "settled")
            #expect(agent.isRunning)
        }
    }

    @Test("the same reference never pays twice, another amount under it is a conflict")
    func reference() async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(platform: url)
            let agent = try await kiosk.start()
            let seq = try await kiosk.request(700, reference: "receipt-1")
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.outcome(seq).state == "settled")
            #expect(try await kiosk.request(700, reference: "receipt-1") == seq)
            let other = try await kiosk.call(
                "POST", "/v1/payments", ["amount": 800, "reference": "receipt-1"])
            #expect(other.status == 409)
            #expect(other.json["type"] as? String == "urn:kiosk-agent:problem:reference_conflict")
            #expect(agent.isRunning)
        }
    }

    @Test("a second payment is busy while one waits; the POS cancels; a restart cancels what waits")
    func busyAndCancelled() async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(platform: url)
            var agent = try await kiosk.start()
            let first = try await kiosk.request(700)
            let busy = try await kiosk.call("POST", "/v1/payments", ["amount": 800])
            #expect(busy.status == 409)
            #expect(busy.json["seq"] as? String == first)
            _ = try await kiosk.call("DELETE", "/v1/payments/\(first)")
            #expect(try await kiosk.outcome(first).state == "cancelled")
            let second = try await kiosk.request(900)
            agent.signal(SIGKILL)
            await agent.end()
            agent = try await kiosk.start()
            let outcome = try await kiosk.outcome(second)
            #expect(outcome.state == "cancelled")
            #expect(outcome.reason == "interrupted")
        }
    }

    @Test("in fixed mode each tap pays, and a POS is told so")
    func fixedMode() async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(
                platform: url, yaml: "payment: {mode: fixed, fixed_amount: 1500}")
            let agent = try await kiosk.start()
            try await kiosk.tap(Cards.normal)
            try await kiosk.tap(Cards.normal)
            try await kiosk.tap(Cards.other)
            let refused = try await kiosk.call("POST", "/v1/payments", ["amount": 800])
            #expect(refused.json["type"] as? String == "urn:kiosk-agent:problem:fixed_mode")
            agent.signal(SIGTERM)
            #expect(await agent.end() == 0)
            #expect(await sandbox.money(of: Cards.normal).charges == 1)
            #expect(await sandbox.money(of: Cards.other).charges == 1)
        }
    }
}
