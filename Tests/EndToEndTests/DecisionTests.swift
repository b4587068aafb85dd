import Foundation
import Sandbox
import Testing

/// What an operator decides and reconciles, by the commands of the built agent.
@Suite("an operator at the keyboard") struct DecisionTests {
    private static let quick = "sync: {retry_min: 100ms, retry_max: 1s, late_arrival: 2s}"

    /// A payment that was approved while the network was down.
    private func offline(
        _ kiosk: Kiosk, _ sandbox: SandboxServer, _ card: String = Cards.other
    ) async throws -> String {
        await sandbox.setNetwork(up: false)
        let seq = try await kiosk.request(1_250)
        try await kiosk.tap(card)
        #expect(try await kiosk.outcome(seq).state == "accepted")
        return seq
    }

    private func set(
        _ sandbox: SandboxServer, _ cards: String..., balance: Int64, st: String? = nil
    ) async {
        for card in cards {
            await sandbox.setCard(SandboxCard(number: card, balance: balance, st: st))
        }
    }

    @Test("a card that turned out lost is held, and charged when an operator says so")
    func lostCard() async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(platform: url, yaml: Self.quick)
            let agent = try await kiosk.start()
            let seq = try await offline(kiosk, sandbox)
            await set(sandbox, Cards.other, balance: 5_000, st: "lost")
            await sandbox.setNetwork(up: true)
            #expect(try await kiosk.wait(for: seq, ["held"]) == "held")
            let (code, text) = try await kiosk.command(
                "payments", "submit", seq, "--why", "he paid")
            #expect(code == 0 && text.contains("accepted (card_lost)"), "\(text)")
            #expect(try await kiosk.wait(for: seq, ["settled"]) == "settled")
            #expect(await sandbox.money(of: Cards.other).charges == 1)
            let history = try await kiosk.command("payments", "show", seq).text
            #expect(history.contains("he paid"))
            #expect(agent.isRunning)
        }
    }

    @Test("a rejected payment is offered again, or written off with a reason")
    func rejected() async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(platform: url, yaml: Self.quick)
            let agent = try await kiosk.start()
            let first = try await offline(kiosk, sandbox)
            let second = try await offline(kiosk, sandbox, Cards.normal)
            await set(sandbox, Cards.other, Cards.normal, balance: 100)
            let early = try await kiosk.command("payments", "write-off", first, "--why", "x")
            #expect(early.code == 1 && early.text.contains("it is accepted"), "\(early.text)")
            await sandbox.setNetwork(up: true)
            for seq in [first, second] {
                #expect(try await kiosk.wait(for: seq, ["rejected"]) == "rejected")
            }
            await set(sandbox, Cards.other, Cards.normal, balance: 5_000)
            let submitted = try await kiosk.command("payments", "submit", first)
            #expect(submitted.code == 0, "\(submitted.text)")
            #expect(try await kiosk.wait(for: first, ["settled"]) == "settled")
            let missing = try await kiosk.command("payments", "write-off", second)
            #expect(missing.code == 64)
            let closed = try await kiosk.command(
                "payments", "write-off", second, "--why", "gone abroad")
            #expect(closed.code == 0 && closed.text.contains("written_off"), "\(closed.text)")
            #expect(await sandbox.money(of: Cards.other) == (charges: 1, refunds: 0))
            #expect(await sandbox.money(of: Cards.normal) == (charges: 0, refunds: 0))
            #expect(agent.isRunning)
        }
    }

    @Test("a day is compared to the fen, and --repair brings it in line")
    func reconcile() async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(platform: url, yaml: "offline: {enabled: false}\n" + Self.quick)
            let agent = try await kiosk.start()
            let paid = try await kiosk.request(1_250)
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.outcome(paid).state == "settled")
            let good = try await kiosk.command("reconcile")
            #expect(good.code == 0, "\(good.text)")
            #expect(good.text.contains("1 of 1 payments"))
            #expect(good.text.contains("ours      12.50 yuan\nplatform  12.50 yuan"))
            await sandbox.setNewTradeStatus("accepted")
            let late = try await kiosk.request(800)
            try await kiosk.tap(Cards.other)
            #expect(try await kiosk.wait(for: late, ["reversed"]) == "reversed")
            await sandbox.setTrade(late, status: "normal")
            let found = try await kiosk.command("reconcile")
            #expect(found.code == 1, "\(found.text)")
            #expect(found.text.contains(/reversed +charged_but_reversed +0\.00 +8\.00/))
            let mended = try await kiosk.command("reconcile", "--repair", "--json")
            #expect(mended.code == 0, "\(mended.text)")
            #expect(mended.text.contains(#""repaired":"reversing""#))
            try await eventually { await sandbox.trade(late)?.status == "closed" }
            let money = await sandbox.money(of: Cards.other)
            #expect(money.charges == money.refunds)
            #expect(agent.isRunning)
        }
    }

    @Test("an order that was refunded behind our back is told, and left to people")
    func settledButDead() async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(platform: url, yaml: Self.quick)
            let agent = try await kiosk.start()
            let seq = try await kiosk.request(1_250)
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.outcome(seq).state == "settled")
            await sandbox.setTrade(seq, status: "closed")
            let (code, text) = try await kiosk.command("reconcile", "--repair")
            #expect(code == 1 && text.contains("settled_but_dead"), "\(text)")
            #expect(try await kiosk.outcome(seq).state == "settled")
            await sandbox.setNetwork(up: false)
            let away = try await kiosk.command("reconcile")
            #expect(away.code == 69, "\(away.text)")
            #expect(agent.isRunning)
        }
    }

    @Test("payments that are under way are not compared, and the exit code says so")
    func underWay() async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(
                platform: url, deadline: "60s",
                environment: ["KIOSK_PLATFORM_REQUEST_TIMEOUT": "60s"])
            let agent = try await kiosk.start()
            await sandbox.setFaults([
                SandboxFault(.hang, method: "POST", path: "/sovellpay/v2/trade")
            ])
            let seq = try await kiosk.request(1_250)
            try await kiosk.tap(Cards.normal)
            try await eventually {
                try await kiosk.call("GET", "/v1/payments/\(seq)").json["state"] as? String
                    == "pending"
            }
            let (code, text) = try await kiosk.command("reconcile")
            #expect(code == 75, "\(text)")
            #expect(text.contains("1 of 1 payments, 0 never sent, 1 under way"), "\(text)")
            #expect(text.contains("error: not every payment was compared — 1 under way"), "\(text)")
            #expect(agent.isRunning)
        }
    }

    @Test(
        "a day is as long as its clocks make it",
        arguments: [("2026-03-28", 24), ("2026-03-29", 23), ("2026-10-25", 25)])
    func clockChanges(date: String, hours: Int) async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(
                platform: url, environment: ["TZ": "CET-1CEST,M3.5.0,M10.5.0/3"])
            let agent = try await kiosk.start()
            let answer = try await kiosk.call("POST", "/v1/reconcile", ["date": date])
            let from = try #require(answer.json["from"] as? Int)
            let to = try #require(answer.json["to"] as? Int)
            #expect(to - from == hours * 3_600_000)
            #expect(agent.isRunning)
        }
    }
}
