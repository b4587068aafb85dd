import Foundation
import Glibc
import Sandbox
import Testing

/// Payments without a card over the built agent: the sandbox plays platform and phone.
@Suite("a payment by code from the payer to the outcome") struct CodePaymentTests {
    private static let phone = "13800000001"

    private func withKiosk(
        _ yaml: String = "", deadline: String = "2s",
        _ work: (Kiosk, Program, SandboxServer) async throws -> Void
    ) async throws {
        try await withSandbox { sandbox, url in
            await sandbox.setCard(
                SandboxCard(number: Cards.normal, balance: Cards.balance, phone: Self.phone))
            let kiosk = try Kiosk(platform: url, yaml: yaml, deadline: deadline)
            let agent = try await kiosk.start()
            try await sandbox.waitForProbe()
            try await work(kiosk, agent, sandbox)
        }
    }

    private func give(
        _ kiosk: Kiosk, _ seq: String, _ kind: String, _ code: String
    ) async throws -> (status: Int, json: [String: Any]) {
        try await kiosk.call("POST", "/v1/payments/\(seq)/code", ["kind": kind, "code": code])
    }

    /// How often the holder was charged and refunded: what a code pays names no card.
    private func money(_ sandbox: SandboxServer) async -> (charges: Int, refunds: Int) {
        let trades = await sandbox.trades()
        #expect(trades.allSatisfy { $0.cardless })
        return (trades.map(\.charges).reduce(0, +), trades.map(\.refunds).reduce(0, +))
    }

    @Test("a scanned QR code of the payer's phone pays once; shown again it is worthless")
    func qr() async throws {
        try await withKiosk { kiosk, agent, sandbox in
            let shown = try await sandbox.showCode(of: Cards.normal)
            let seq = try await kiosk.request(1_250)
            #expect(try await give(kiosk, seq, "qr", shown.code).status == 200)
            #expect(try await kiosk.outcome(seq).state == "settled")
            #expect(await money(sandbox) == (1, 0))
            #expect(await sandbox.card(Cards.normal)?.balance == Cards.balance - 1_250)
            let again = try await kiosk.request(1_250)
            _ = try await give(kiosk, again, "qr", shown.code)
            let refused = try await kiosk.outcome(again)
            #expect((refused.state, refused.reason) == ("refused", "platform_refused"))
            let shownAgain = try await kiosk.command("payments", "show", again)
            #expect(shownAgain.text.contains("the code is wrong, used or too old"))
            #expect(await money(sandbox) == (1, 0))
            #expect(!agent.output.joined().contains(shown.code))
            #expect(!shownAgain.text.contains(shown.code))
        }
    }

    @Test("a typed SMS code pays, from the request for it to the charge; it can be refunded")
    func sms() async throws {
        try await withKiosk { kiosk, agent, sandbox in
            let sent = try await kiosk.call("POST", "/v1/sms-codes", ["phone": Self.phone])
            #expect(sent.status == 204, "\(sent.json)")
            let message = try #require(await sandbox.messages().last)
            let seq = try await kiosk.request(900)
            _ = try await give(kiosk, seq, "sms", message.code)
            #expect(try await kiosk.outcome(seq).state == "settled")
            #expect(await money(sandbox) == (1, 0))
            #expect(try await kiosk.command("payments", "reverse", seq).code == 0)
            #expect(try await kiosk.wait(for: seq, ["reversed"]) == "reversed")
            #expect(await money(sandbox) == (1, 1))
            #expect(await sandbox.card(Cards.normal)?.balance == Cards.balance)
            #expect(agent.isRunning)
        }
    }

    @Test("without the platform a code is refused with its reason, and a card still pays")
    func offline() async throws {
        try await withKiosk { kiosk, _, sandbox in
            let shown = try await sandbox.showCode(of: Cards.normal)
            await sandbox.setNetwork(up: false)
            let seq = try await kiosk.request(1_250)
            _ = try await give(kiosk, seq, "qr", shown.code)
            let refused = try await kiosk.outcome(seq)
            #expect((refused.state, refused.reason) == ("refused", "code_needs_platform"))
            let card = try await kiosk.request(1_250)
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.outcome(card).state == "accepted")
            await sandbox.setNetwork(up: true)
            #expect(try await kiosk.wait(for: card, ["settled"]) == "settled")
            #expect(await sandbox.trades().count == 1)
        }
    }

    /// A fault, and what may come of a payment that it strikes.
    static let faults: [(SandboxFault, Set<String>)] = [
        (SandboxFault(.resetAfter, method: "POST", path: "/oauth/v2/token", times: 1), ["refused"]),
        (SandboxFault(.hang, method: "POST", path: "/oauth/v2/token", times: 1), ["refused"]),
        (
            SandboxFault(.resetAfter, method: "POST", path: "/sovellpay/v2/trade", times: 1),
            ["settled"]
        ),
        (
            SandboxFault(.resetBefore, method: "POST", path: "/sovellpay/v2/trade", times: 1),
            ["reversed"]
        ),
        (SandboxFault(.broken, method: "POST", path: "/sovellpay/v2/trade", times: 1), ["settled"]),
        (
            SandboxFault(.endless, method: "POST", path: "/sovellpay/v2/trade", times: 1),
            ["settled", "reversed"]
        ),
        (
            SandboxFault(
                .status, method: "POST", path: "/sovellpay/v2/trade", times: 1, status: 503),
            ["reversed"]
        ),
        (
            SandboxFault(
                .status, method: "POST", path: "/sovellpay/v2/trade", times: 1, status: 401),
            ["reversed"]
        ),
    ]

    @Test("a fault leaves it charged and approved, or declined and not charged", arguments: faults)
    func fault(fault: SandboxFault, ends: Set<String>) async throws {
        try await withKiosk("sync: {retry_min: 100ms, retry_max: 500ms, late_arrival: 2s}") {
            kiosk, agent, sandbox in
            let shown = try await sandbox.showCode(of: Cards.normal)
            await sandbox.setFaults([fault])
            let seq = try await kiosk.request(1_250)
            _ = try await give(kiosk, seq, "qr", shown.code)
            let end = try await kiosk.wait(for: seq, ["refused", "reversed", "settled"])
            #expect(ends.contains(end), "\(end) \(agent.output)")
            try await sandbox.settleDown()
            let money = await money(sandbox)
            #expect(money.charges - money.refunds == (end == "settled" ? 1 : 0))
        }
    }

    @Test(
        "a kill between any two steps leaves it undone, or it never happened",
        arguments: CrashTests.Step.allCases)
    func killed(step: CrashTests.Step) async throws {
        try await withKiosk(
            "sync: {retry_min: 100ms, retry_max: 500ms, late_arrival: 3s}", deadline: "30s"
        ) { kiosk, agent, sandbox in
            let shown = try await sandbox.showCode(of: Cards.normal)
            await sandbox.setFaults([step.fault])
            let seq = try await kiosk.request(1_250)
            _ = try await give(kiosk, seq, "qr", shown.code)
            try await sandbox.wait(forPOSTOf: step.path)
            agent.signal(SIGKILL)
            await agent.end()
            let restarted = try await kiosk.start()
            let end = try await kiosk.wait(for: seq, ["refused", "reversed", "settled"])
            #expect(end == "reversed", "\(restarted.output)")
            try await sandbox.settleDown()
            #expect(await money(sandbox) == (step.charges, step.charges))
            #expect(await sandbox.card(Cards.normal)?.balance == Cards.balance)
        }
    }

    @Test("what a barcode scanner reads pays: a serial line, from the byte to the charge")
    func scanner() async throws {
        var (upper, lower): (Int32, Int32) = (-1, -1)
        var name = [CChar](repeating: 0, count: 64)
        try #require(openpty(&upper, &lower, &name, nil, nil) == 0)
        defer { close(upper) }
        close(lower)
        let line = String(
            decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        try await withKiosk("scanner: {serial: \(line)}") { kiosk, _, sandbox in
            let shown = try await sandbox.showCode(of: Cards.normal)
            try await eventually {
                let status = try await kiosk.call("GET", "/v1/status")
                let scanners = status.json["scanners"] as? [[String: Any]]
                return scanners?.first?["ready"] as? Bool == true
            }
            let seq = try await kiosk.request(1_250)
            // A line's end: what came before it could be the rest of another code.
            let bytes = Array(("\r" + shown.code + "\r").utf8)
            #expect(write(upper, bytes, bytes.count) == bytes.count)
            #expect(try await kiosk.outcome(seq).state == "settled")
            #expect(await money(sandbox) == (1, 0))
            let told = try await kiosk.command("status").text
            #expect(told.contains(line), "\(told)")
            let doctor = try await kiosk.command("doctor").text
            #expect(doctor.contains("ok       scanner"), "\(doctor)")
        }
    }

    @Test("a scanner that is not there is told by status and doctor, and cards pay all the same")
    func noScanner() async throws {
        try await withKiosk("scanner: {device: /dev/input/by-id/no-such-scanner}") {
            kiosk, _, _ in
            let seq = try await kiosk.request(1_250)
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.outcome(seq).state == "settled")
            for command in ["status", "doctor"] {
                let text = try await kiosk.command(command).text
                #expect(text.contains("it is not there — plug it in"), "\(command): \(text)")
            }
        }
    }
}
