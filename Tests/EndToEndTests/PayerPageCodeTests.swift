import Foundation
import Glibc
import Sandbox
import Testing

/// Paying without a card on the payer's page; the sandbox plays platform and phone.
@Suite("a payer without a card at the payer's page") struct PayerPageCodeTests {
    private static let phone = "13800000001"
    private static let (tab, enter, escape) = ("\u{E004}", "\u{E007}", "\u{E00C}")

    /// A page on which a payment waits.
    private func withPayment(
        _ work: (PayerScreen, SandboxServer, _ seq: String) async throws -> Void
    ) async throws {
        try await withSandbox { sandbox, url in
            await sandbox.setCard(
                SandboxCard(number: Cards.normal, balance: Cards.balance, phone: Self.phone))
            let kiosk = try Kiosk(platform: url, yaml: "payment: {repeat_window: 0}")
            let agent = try await kiosk.start()
            try await sandbox.waitForProbe()
            try await PayerScreen.open(kiosk, agent) { page in
                let seq = try await page.request(1_250)
                try await work(page, sandbox, seq)
            }
        }
    }

    private func wait(_ page: PayerScreen, for way: String) async throws {
        try await page.browser.wait(
            until: "!document.getElementById('panel').hidden"
                + " && document.getElementById('panel').dataset.way === '\(way)'")
    }

    @Test("a text message's code, typed on the number pad, pays")
    func sms() async throws {
        try await withPayment { page, sandbox, seq in
            try await page.browser.click("#sms")
            try await wait(page, for: "phone")
            try await page.look(at: "phone")
            try await page.browser.type(Self.phone, into: "#digits")
            try await page.browser.click("#send")
            try await wait(page, for: "code")
            try await page.look(at: "code")
            let code = try #require(await sandbox.messages().last).code
            for digit in code {
                let place = digit == "0" ? "11" : String(digit)
                try await page.browser.click("#pad button:nth-child(\(place))")
            }
            try await page.browser.click("#send")
            try await page.wait(for: "approved")
            #expect(try await page.kiosk.outcome(seq).state == "settled")
        }
    }

    @Test("the keyboard alone is enough for all of it")
    func keyboard() async throws {
        try await withPayment { page, sandbox, seq in
            let browser = page.browser
            let focused = "document.activeElement.id"
            for id in ["language", "sound", "qr", "sms"] {
                try await browser.press(Self.tab)
                let now: String = try await browser.run("return \(focused)")
                #expect(now == id)
                let outline: String = try await browser.run(
                    "return getComputedStyle(document.activeElement).outlineStyle")
                #expect(outline == "solid")
            }
            try await browser.press(Self.enter)
            try await browser.wait(until: "\(focused) === 'digits'")
            try await browser.press(Self.escape)
            try await browser.wait(until: "\(focused) === 'sms'")
            try await browser.press(Self.enter)
            try await wait(page, for: "phone")
            try await browser.press(Self.phone + Self.enter)
            try await wait(page, for: "code")
            let code = try #require(await sandbox.messages().last).code
            try await browser.press(code + Self.enter)
            try await page.wait(for: "approved")
            #expect(try await page.kiosk.outcome(seq).state == "settled")
        }
    }

    @Test("digits that are typed while a key of the pad has the focus are no scanned code")
    func pad() async throws {
        try await withPayment { page, sandbox, seq in
            try await page.browser.click("#sms")
            try await wait(page, for: "phone")
            try await page.browser.click("#pad button:nth-child(1)")
            try await page.browser.press(Self.phone + Self.enter)
            let digits: String = try await page.browser.run(
                "return document.getElementById('digits').value")
            #expect(digits == "11", "Enter is the focused key's own")
            let shown = try await sandbox.showCode(of: Cards.normal)
            try await page.browser.press(shown.code + Self.enter)
            try await page.wait(for: "approved")
            #expect(try await page.kiosk.outcome(seq).state == "settled")
        }
    }

    @Test("what is no phone and no code is told, and nothing is sent")
    func wrong() async throws {
        try await withPayment { page, sandbox, _ in
            try await page.browser.click("#sms")
            try await page.browser.type("123", into: "#digits")
            try await page.browser.click("#send")
            try await page.wait(
                for: "panel-note", "Please enter a phone number of 5 to 15 digits.")
            #expect(await sandbox.messages().isEmpty)
            try await page.browser.type("45678900", into: "#digits")
            try await page.browser.click("#send")
            try await page.wait(
                for: "panel-note", "No code could be sent to this number. Please check it.")
            try await page.browser.click("#back")
            try await page.wait(for: "awaiting_card")
            let digits: String = try await page.browser.run(
                "return document.getElementById('digits').value")
            #expect(digits == "")
        }
    }

    @Test("a QR code is shown until a phone has scanned it; the phone's own code then pays")
    func qr() async throws {
        try await withPayment { page, sandbox, seq in
            try await page.browser.click("#qr")
            try await page.browser.wait(until: "document.querySelector('#picture svg') !== null")
            try await page.look(at: "qr")
            let session = try #require(await sandbox.sessions().first)
            try await sandbox.scanSession(session.name)
            try await page.browser.wait(
                until: "document.getElementById('panel-note').textContent.includes('has the code')")
            let shown = try await sandbox.showCode(of: Cards.normal)
            try await page.browser.press(shown.code + Self.enter)
            try await page.wait(for: "approved")
            #expect(try await page.kiosk.outcome(seq).state == "settled")
        }
    }

    @Test(
        "a scanner that types pays, whatever is open; a scan that strays into a field, too",
        arguments: [nil, "#qr", "#sms"])
    func scan(_ opened: String?) async throws {
        try await withPayment { page, sandbox, seq in
            if let opened {
                try await page.browser.click(opened)
                try await page.browser.wait(until: "!document.getElementById('panel').hidden")
            }
            let shown = try await sandbox.showCode(of: Cards.normal)
            try await page.browser.press(shown.code + Self.enter)
            try await page.wait(for: "approved")
            #expect(try await page.kiosk.outcome(seq).state == "settled")
            #expect(await sandbox.messages().isEmpty)
        }
    }

    @Test("without the platform neither way is offered, and a word says why")
    func offline() async throws {
        try await withPayment { page, sandbox, _ in
            await sandbox.setNetwork(up: false)
            try await page.kiosk.tap(Cards.normal)
            try await page.wait(for: "approved_offline")
            try await eventually {
                let status = try await page.kiosk.call("GET", "/v1/status").json
                let platform = status["platform"] as? [String: Any]
                return platform?["state"] as? String == "offline"
            }
            _ = try await page.request(900)
            try await page.wait(for: "hint", "The network is down: only a card can pay now.")
            let isHidden: Bool = try await page.browser.run(
                "return document.getElementById('ways').hidden")
            #expect(isHidden)
            try await page.look(at: "awaiting-offline")
        }
    }
}
