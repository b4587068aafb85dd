import Foundation
import Glibc
import Sandbox
import Testing

/// The page in front of the payer, in a real browser against the built agent.
@Suite("the payer's page in a browser") struct PayerPageTests {
    private func withPage(
        _ yaml: String = "payment: {repeat_window: 0}", environment: [String: String] = [:],
        _ work: (PayerScreen, SandboxServer) async throws -> Void
    ) async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(platform: url, yaml: yaml, environment: environment)
            let agent = try await kiosk.start()
            try await sandbox.waitForProbe()
            try await PayerScreen.open(kiosk, agent) { try await work($0, sandbox) }
        }
    }

    @Test("each screen of a payment is whole at every size, in both languages, and accessible")
    func screens() async throws {
        try await withPage { page, sandbox in
            try await page.wait(for: "idle")
            try await page.look(at: "idle")
            _ = try await page.request(1_250)
            #expect(try await page.text("amount") == "¥ 12.50")
            #expect(try await page.text("detail") == "Canteen")
            try await page.look(at: "awaiting")
            try await page.kiosk.tap(Cards.normal)
            try await page.wait(for: "approved")
            #expect(try await page.text("amount") == "¥ 12.50")
            #expect(try await page.text("money") == "Balance ¥ 4,987.50")
            try await page.look(at: "approved")
            for (card, kind) in [(Cards.poor, "declined"), (Cards.lost, "card_lost")] {
                _ = try await page.request(1_250)
                try await page.kiosk.tap(card)
                try await page.wait(for: kind)
                #expect(try await page.text("next") != "")
                #expect(try await page.text("amount") == "")
                try await page.look(at: kind)
            }
            let seq = try await page.request(1_250)
            _ = try await page.kiosk.call("DELETE", "/v1/payments/\(seq)")
            try await page.wait(for: "cancelled")
            try await page.look(at: "cancelled")
        }
    }

    @Test("so are the screens of a platform that is slow or away, and of an agent that is gone")
    func outage() async throws {
        try await withPage { page, sandbox in
            await sandbox.setFaults([
                SandboxFault(.hang, method: "POST", path: "/oauth/v2/token")
            ])
            _ = try await page.request(1_250)
            try await page.kiosk.tap(Cards.normal)
            try await page.wait(for: "paying")
            try await page.look(at: "paying")
            await sandbox.setFaults([])
            await sandbox.setNetwork(up: false)
            _ = try await page.request(800)
            try await page.kiosk.tap(Cards.other)
            try await page.wait(for: "approved_offline")
            #expect(try await page.text("detail").contains("You have paid."))
            try await page.look(at: "approved_offline")
            page.agent.signal(SIGKILL)
            await page.agent.end()
            try await page.wait(for: "connecting")
            #expect(try await page.text("amount") == "")
            try await page.look(at: "connecting")
        }
    }

    @Test("who is told no while the platform may have charged learns that the money comes back")
    func returning() async throws {
        let yaml = "payment: {repeat_window: 0}\noffline: {enabled: false}"
        try await withPage(yaml) { page, sandbox in
            await sandbox.setFaults([
                SandboxFault(.hang, method: "POST", path: "/sovellpay/v2/trade")
            ])
            _ = try await page.request(1_250)
            try await page.kiosk.tap(Cards.normal)
            try await page.wait(for: "declined")
            let money = try await page.text("money")
            #expect(money == "If you were charged, the money comes back by itself.")
            await sandbox.setFaults([])
            _ = try await page.request(1_250)
            try await page.kiosk.tap(Cards.poor)
            try await page.wait(for: "money", "Nothing was charged.")
        }
    }

    @Test("in fixed mode the page asks for a card at once, and says what a tap pays")
    func price() async throws {
        let yaml = "payment: {mode: fixed, fixed_amount: 1250, repeat_window: 0}"
        try await withPage(yaml) { page, _ in
            try await page.wait(for: "price")
            #expect(try await page.text("amount") == "¥ 12.50")
            try await page.look(at: "price")
            try await page.kiosk.tap(Cards.normal)
            try await page.wait(for: "approved")
            try await page.wait(for: "price")
        }
    }

    @Test("outside of the hours of fixed mode nobody is told to wait for an amount")
    func closed() async throws {
        let hour = Calendar.current.component(.hour, from: Date())
        let period =
            hour < 12 ? #"from: "20:00", to: "21:00""# : #"from: "03:00", to: "04:00""#
        let yaml = "payment: {mode: fixed, schedule: [{\(period), amount: 1500}]}"
        try await withPage(yaml) { page, _ in
            try await page.wait(for: "idle")
            try await page.wait(for: "detail", "Nothing is to be paid at this time of day.")
        }
    }

    @Test("without a reader the page is out of service and tells staff why, in both languages")
    func outOfService() async throws {
        let environment = ["PCSCLITE_CSOCK_NAME": "/nonexistent/pcscd.comm"]
        try await withPage("reader: {source: pcsc}", environment: environment) { page, _ in
            try await page.wait(for: "out_of_service")
            try await page.browser.wait(
                until: "document.getElementById('staff').textContent.includes('start it')")
            let words = try await page.text("staff")
            #expect(words == "Staff: The card reader service pcscd does not run: start it.")
            #expect(try await page.text("problem") == "", "it would say the same again")
            try await page.look(at: "out_of_service")
            try await page.browser.click("#language")
            try await page.browser.wait(
                until: "document.getElementById('staff').textContent.includes('pcscd 未运行')")
        }
    }

    @Test("a tap is read and paid before the page's eyes, and each change is told once")
    func changes() async throws {
        try await withPage { page, _ in
            _ = try await page.request(1_250)
            try await page.wait(for: "news", "Please tap your card 12.50 yuan Canteen")
            let _: Bool = try await page.browser.run(
                """
                window.kinds = [];
                window.news = [];
                const body = document.body, news = document.getElementById('news');
                new MutationObserver(() => kinds.push(body.dataset.kind))
                  .observe(body, {attributeFilter: ['data-kind']});
                new MutationObserver(() => window.news.push(news.textContent))
                  .observe(news, {childList: true});
                return true;
                """)
            try await page.kiosk.tap(Cards.normal)
            try await page.wait(for: "idle")
            try await page.wait(for: "news", "Welcome Please wait for the amount.")
            let kinds: [String] = try await page.browser.run("return kinds")
            #expect(kinds.contains("reading") && kinds.contains("paying"), "\(kinds)")
            let news: [String] = try await page.browser.run("return window.news")
            let approved = "Approved 12.50 yuan Balance ¥ 4,987.50"
            #expect(news.filter { $0 == approved }.count == 1, "\(news)")
            #expect(Set(news).count == news.count, "\(news)")
        }
    }

    @Test("the time that is left is shown, told at ten seconds, and ends the payment")
    func time() async throws {
        try await withPage { page, _ in
            _ = try await page.kiosk.call(
                "POST", "/v1/payments", ["amount": 1_250, "expires_in": 12])
            try await page.wait(for: "awaiting_card")
            try await page.browser.wait(
                until: "/^(9|10) seconds left$/.test(document.getElementById('steps').textContent)")
            let left = try await page.text("left")
            #expect(left.wholeMatch(of: /\d+ seconds left/) != nil)
            try await page.wait(for: "cancelled")
        }
    }

    @Test("a text is shown as it is, never as markup")
    func markup() async throws {
        try await withPage { page, _ in
            let title = "<img src=x onerror=alert(1)><b>R&D</b>"
            _ = try await page.kiosk.call(
                "POST", "/v1/payments", ["amount": 1_250, "title": title])
            try await page.wait(for: "detail", title)
            let count: Int = try await page.browser.run(
                "return document.querySelectorAll('b, img, #detail *').length")
            #expect(count == 0)
        }
    }

    @Test("the payer's language lasts for one payment; a reload of the configuration is followed")
    func language() async throws {
        try await withPage { page, _ in
            let browser = page.browser
            _ = try await page.request(1_250)
            try await browser.click("#language")
            try await page.wait(for: "headline", "请刷卡")
            try await page.kiosk.tap(Cards.normal)
            try await page.wait(for: "headline", "支付成功")
            try await page.wait(for: "headline", "Welcome")
            let file = page.kiosk.configuration
            let text = try String(contentsOf: file, encoding: .utf8)
            try text.replacingOccurrences(of: "language: en", with: "language: zh")
                .write(to: file, atomically: true, encoding: .utf8)
            page.agent.signal(SIGHUP)
            try await page.wait(for: "headline", "欢迎")
            let language: String = try await browser.run("return document.documentElement.lang")
            #expect(language == "zh-CN")
        }
    }

    @Test("a language is fetched when it is wanted; until it can be, the present one stays")
    func fetchedLanguage() async throws {
        let listen = "127.0.0.1:\(LoopbackPort.free())"
        try await withPage(environment: ["KIOSK_API_LISTEN": listen]) { page, _ in
            try await page.wait(for: "idle")
            let texts: [String] = try await page.browser.run(
                """
                return performance.getEntriesByType('resource')
                  .map(entry => entry.name.split('/').at(-1))
                  .filter(name => name === 'payer-en.js' || name === 'payer-zh.js');
                """)
            #expect(texts == ["payer-en.js"])
            page.agent.signal(SIGKILL)
            await page.agent.end()
            try await page.wait(for: "connecting")
            try await page.browser.click("#language")
            #expect(try await page.text("headline") == "Connecting")
            let agent = try await page.kiosk.start()
            try await page.wait(for: "headline", "欢迎")
            #expect(agent.isRunning)
        }
    }

    @Test("the sound is switched off by its button or by a key, and stays off")
    func sound() async throws {
        try await withPage { page, _ in
            let pressed = "document.getElementById('sound').getAttribute('aria-pressed')"
            try await page.browser.wait(until: "\(pressed) === 'true'")
            try await page.browser.click("#sound")
            try await page.browser.wait(until: "\(pressed) === 'false'")
            let _: Bool = try await page.browser.run(
                "window.isOld = true; location.reload(); return true")
            try await page.browser.wait(until: "!window.isOld && \(pressed) === 'false'")
            try await page.wait(for: "idle")
            try await page.browser.press("\u{E039}")
            try await page.browser.wait(until: "\(pressed) === 'true'")
        }
    }

    @Test("an agent that was killed comes back while the page is open, without an old amount")
    func killed() async throws {
        let listen = "127.0.0.1:\(LoopbackPort.free())"
        try await withPage(environment: ["KIOSK_API_LISTEN": listen]) { page, _ in
            _ = try await page.request(1_250)
            page.agent.signal(SIGKILL)
            await page.agent.end()
            try await page.wait(for: "connecting")
            #expect(try await page.text("amount") == "")
            let agent = try await page.kiosk.start()
            try await page.wait(for: "idle")
            _ = try await page.request(900)
            #expect(try await page.text("amount") == "¥ 9.00")
            try await page.kiosk.tap(Cards.normal)
            try await page.wait(for: "approved")
            #expect(agent.isRunning)
        }
    }

    @Test("a machine that slept shows what is true now, and asks nobody but the agent")
    func slept() async throws {
        try await withPage { page, _ in
            _ = try await page.request(1_250)
            let _: Bool = try await page.browser.run(
                """
                window.kinds = [];
                new MutationObserver(() => kinds.push(document.body.dataset.kind))
                  .observe(document.body, {attributeFilter: ['data-kind']});
                const clock = Date.now;
                Date.now = () => clock() + 60000;
                return true;
                """)
            try await page.browser.wait(
                until: "kinds.includes('connecting') && kinds.at(-1) === 'awaiting_card'")
            let foreign: [String] = try await page.browser.run(
                """
                return performance.getEntriesByType('resource').map(entry => entry.name)
                  .filter(name => !name.startsWith(location.origin + '/'));
                """)
            #expect(foreign == [])
        }
    }
}
