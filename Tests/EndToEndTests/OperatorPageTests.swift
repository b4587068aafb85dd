import Foundation
import Sandbox
import Testing

/// What staff see and do, in a real browser against the built agent.
@Suite("the operator's page in a browser") struct OperatorPageTests {
    private static let quick = """
        payment: {repeat_window: 0s}
        sync: {retry_min: 100ms, retry_max: 1s, late_arrival: 2s}
        """

    private func withPage(
        _ yaml: String = OperatorPageTests.quick, width: Int = 1_280,
        _ work: (Kiosk, SandboxServer, Browser) async throws -> Void
    ) async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(platform: url, yaml: yaml)
            let agent = try await kiosk.start()
            let page = "http://127.0.0.1:\(kiosk.port(of: agent))/operator"
            try await Browser.open(page, width: width, height: 900) { browser in
                try await work(kiosk, sandbox, browser)
            }
            #expect(agent.isRunning)
        }
    }

    private func pay(
        _ kiosk: Kiosk, _ fen: Int = 1_250, _ card: String = Cards.normal,
        reference: String? = nil, becomes state: String = "settled"
    ) async throws -> String {
        let seq = try await kiosk.request(fen, reference: reference)
        try await kiosk.tap(card)
        #expect(try await kiosk.outcome(seq).state == state)
        return seq
    }

    /// A payment whose card turned out lost after it was approved offline.
    private func held(_ kiosk: Kiosk, _ sandbox: SandboxServer) async throws -> String {
        await sandbox.setNetwork(up: false)
        let seq = try await pay(kiosk, 1_250, Cards.other, becomes: "accepted")
        await sandbox.setCard(SandboxCard(number: Cards.other, balance: 5_000, st: "lost"))
        await sandbox.setNetwork(up: true)
        #expect(try await kiosk.wait(for: seq, ["held"]) == "held")
        return seq
    }

    @Test("the token opens it and stays in the tab; a wrong one is told and slowed down")
    func signIn() async throws {
        try await withPage { _, _, browser in
            for number in 1...8 {
                try await browser.type("wrong\u{E007}", into: "#token")
                try await browser.see("The token is wrong (\(number)).")
            }
            try await browser.see("each further one waits")
            #expect(try await browser.isTrue("document.querySelector('nav').hidden"))
            try await browser.screenshot("operator-sign-in-wrong")
            try await browser.signIn()
            #expect(try await browser.isTrue("localStorage.length === 0 && !document.cookie"))
            #expect(try await browser.isTrue("!location.href.includes('operator?')"))
            try await browser.click("#out")
            try await browser.wait(until: "document.querySelector('#token') !== null")
            let kept = "sessionStorage.getItem('kiosk-operator-token') === null"
            #expect(try await browser.isTrue(kept))
        }
    }

    @Test("at a glance each part has a sign, a word and a colour, and the queue says why it waits")
    func glance() async throws {
        try await withPage { kiosk, sandbox, browser in
            try await browser.signIn()
            try await browser.wait(until: "document.querySelectorAll('.tiles li').length === 11")
            #expect(try await browser.count(".tiles .badge .sign") == 11)
            try await browser.see("Nothing waits.")
            await sandbox.setNetwork(up: false)
            let seq = try await pay(kiosk, becomes: "accepted")
            let list = "[...document.querySelectorAll('tbody tr')]"
            try await browser.wait(until: "\(list).some(row => row.textContent.includes('¥12.50'))")
            try await browser.wait(
                until: "/no way to the platform|no connection/.test(document.body.textContent)")
            try await browser.wait(
                until: "document.querySelector('[data-part=platform]').className !== 'ok'")
            try await browser.click("td a[href='#/payments?state=accepted']")
            try await browser.wait(until: "document.querySelector('form.search') !== null")
            try await browser.wait(until: "document.querySelectorAll('tbody tr').length === 1")
            try await browser.click("tbody a")
            try await browser.see(seq)
            await sandbox.setNetwork(up: true)
            try await browser.wait(
                until: "document.querySelector('dl.facts').textContent.includes('settled')")
        }
    }

    @Test("payments are found by card, reference, state and time, and one shows its whole history")
    func search() async throws {
        try await withPage { kiosk, _, browser in
            let first = try await pay(kiosk, reference: "<b>R&D</b>")
            _ = try await pay(kiosk, 800, Cards.other)
            _ = try await pay(kiosk, 700, Cards.poor, becomes: "refused")
            try await browser.signIn()
            let rows = "document.querySelectorAll('tbody tr').length"
            try await browser.go("#/payments", until: "\(rows) === 3")
            try await browser.type("6e80\u{E007}", into: "#search-card")
            try await browser.wait(until: "\(rows) === 1")
            try await browser.see("payments were looked at")
            try await browser.see("<b>R&D</b>")
            #expect(try await browser.count("td b") == 0)
            try await browser.click("tbody a")
            try await browser.wait(until: "document.querySelector('dl.facts') !== null")
            try await browser.see(first)
            try await browser.see(Cards.normal)
            let states = "[...document.querySelectorAll('tbody tr')].map(row => row.cells[1]"
            let story: String = try await browser.run(
                "return \(states).textContent.slice(1)).join()")
            #expect(story == "awaiting card,pending,settled")
            try await browser.go("#/payments?state=refused", until: "\(rows) === 1")
            try await browser.see("balance too low")
            try await browser.go("#/payments?reference=nobody", until: "\(rows) === 0")
            try await browser.see("No payments.")
            let later = Int(Date().timeIntervalSince1970 * 1_000) + 3_600_000
            try await browser.go("#/payments?until=\(later)", until: "\(rows) === 3")
            try await browser.go("#/payments?since=\(later)", until: "\(rows) === 0")
        }
    }

    @Test("a held payment is decided with reason and name, in a dialog that says what happens")
    func decision() async throws {
        try await withPage { kiosk, sandbox, browser in
            let seq = try await held(kiosk, sandbox)
            try await browser.signIn()
            try await browser.go(
                "#/payments?state=held",
                until: "document.querySelector('form.search') && document.querySelector('tbody a')")
            try await browser.click("tbody a")
            try await browser.click("#submit")
            try await browser.wait(until: "document.querySelector('dialog[open]') !== null")
            let words: String = try await browser.run(
                "return document.querySelector('dialog').textContent")
            #expect(words.contains("Charge again: ¥12.50") && words.contains(Cards.other))
            #expect(words.contains("also for a lost card"))
            try await browser.screenshot("operator-decision")
            try await browser.type("he paid", into: "#dialog-why")
            try await browser.type("chen", into: "#dialog-by")
            try await browser.click("#confirm")
            try await browser.wait(until: "document.querySelector('dialog') === null")
            try await browser.wait(
                until: "document.querySelector('dl.facts').textContent.includes('settled')")
            let answer = try await kiosk.call("GET", "/v1/payments/\(seq)")
            let history = answer.json["history"] as? [[String: Any]] ?? []
            let decided = history.first { $0["by"] as? String == "chen" }
            #expect(decided?["to"] as? String == "accepted")
            #expect(decided?["note"] as? String == "he paid")
            #expect(await sandbox.money(of: Cards.other).charges == 1)
        }
    }

    @Test("a refund needs no mouse, and Escape does nothing")
    func keyboard() async throws {
        try await withPage { kiosk, sandbox, browser in
            let seq = try await pay(kiosk)
            try await browser.wait(until: "document.activeElement.id === 'token'")
            try await browser.press("operator\u{E007}")
            try await browser.wait(until: "document.querySelector('.tiles li') !== null")
            #expect(try await browser.tab(to: "#nav a[href=\"#/payments\"]"))
            try await browser.press("\u{E007}")
            try await browser.wait(until: "document.querySelector('form.search + div tbody a')")
            #expect(try await browser.tab(to: "tbody a"))
            try await browser.press("\u{E007}")
            try await browser.wait(until: "document.querySelector('#reverse') !== null")
            #expect(try await browser.tab(to: "#reverse"))
            try await browser.press("\u{E007}")
            try await browser.wait(until: "document.activeElement.id === 'dialog-why'")
            try await browser.press("\u{E00C}")
            try await browser.wait(until: "document.querySelector('dialog') === null")
            #expect(try await browser.isTrue("document.activeElement.id === 'reverse'"))
            #expect(try await kiosk.outcome(seq).state == "settled")
            try await browser.press("\u{E007}")
            try await browser.wait(until: "document.activeElement.id === 'dialog-why'")
            try await browser.press("wrong meal\u{E004}chen\u{E007}")
            #expect(try await kiosk.wait(for: seq, ["reversed"]) == "reversed")
            try await browser.wait(until: "document.querySelector('dialog') === null")
            #expect(try await browser.isTrue("document.activeElement !== document.body"))
            #expect(await sandbox.money(of: Cards.normal) == (charges: 1, refunds: 1))
        }
    }

    @Test("a card that is blocked here is refused at the next tap, and served when it is lifted")
    func lostCards() async throws {
        try await withPage { kiosk, _, browser in
            try await browser.signIn()
            try await browser.go("#/lost-cards", until: "document.querySelector('#add') !== null")
            try await browser.type(Cards.normal + "\u{E007}", into: "#card")
            try await browser.wait(until: "document.querySelector('tbody button') !== null")
            #expect(try await browser.isTrue("!location.href.includes('\(Cards.normal)')"))
            _ = try await pay(kiosk, becomes: "refused")
            try await browser.click("tbody button")
            try await browser.click("#confirm")
            try await browser.see("No cards.")
            _ = try await pay(kiosk)
            let list = kiosk.directory.appending(path: "list.txt")
            try "\(Cards.other)\n\(Cards.poor)\n".write(
                to: list, atomically: true, encoding: .utf8)
            try await browser.type(list.path, into: "#file")
            try await browser.click("#import")
            try await browser.see("Imported: 2 cards.")
            _ = try await pay(kiosk, 500, Cards.other, becomes: "refused")
        }
    }

    @Test("what waits is forwarded at once, with a bar that shows how far it is")
    func syncNow() async throws {
        try await withPage { kiosk, sandbox, browser in
            await sandbox.setNetwork(up: false)
            for card in [Cards.normal, Cards.other] {
                _ = try await pay(kiosk, 100, card, becomes: "accepted")
            }
            try await browser.signIn()
            try await browser.see("accepted")
            try await browser.click("#sync")
            let bar = "document.querySelector('#sync-bar')"
            try await browser.wait(until: "!\(bar).hidden && \(bar).max === 2")
            #expect(try await browser.isTrue("\(bar).value === 0"))
            try await browser.see("2 of 2 left")
            await sandbox.setNetwork(up: true)
            try await browser.see("Nothing is left to forward.")
            #expect(try await browser.isTrue("\(bar).hidden"))
            #expect(await sandbox.money(of: Cards.other).charges == 1)
        }
    }

    @Test("a day has totals that lead to what they count, a chart with a table, and files")
    func day() async throws {
        try await withPage { kiosk, _, browser in
            let seq = try await pay(kiosk)
            let poor = try await pay(kiosk, 700, Cards.poor, becomes: "refused")
            try await browser.signIn()
            try await browser.go("#/day", until: "document.querySelector('.chart .bar') !== null")
            let label: String = try await browser.run(
                "return document.querySelector('svg.chart').getAttribute('aria-label')")
            #expect(label.contains("2 payments") && label.contains("1 refused"), "\(label)")
            try await browser.click("summary")
            #expect(try await browser.count("details tbody tr") >= 1)
            try await browser.watchFiles()
            try await browser.click("#csv")
            let csv = try await browser.file(1)
            #expect(csv.hasPrefix("date,terminals,line,") && csv.contains(",K001,total,,,2,1950,"))
            try await browser.click("td a[href*='reason=balance_too_low']")
            try await browser.wait(until: "document.querySelector('.chips') !== null")
            try await browser.wait(until: "document.querySelectorAll('tbody tr').length === 1")
            try await browser.click("#export")
            let journal = try await browser.file(2)
            #expect(journal.contains(poor) && !journal.contains(seq))
            #expect(journal.split(separator: "\n").count == 3, "head, payment, end")
        }
    }

    @Test("a day is compared with the platform, and a repair asks who wants it")
    func reconcile() async throws {
        let yaml = "offline: {enabled: false}\n" + Self.quick
        try await withPage(yaml) { kiosk, sandbox, browser in
            _ = try await pay(kiosk)
            try await browser.signIn()
            try await browser.go("#/day", until: "document.querySelector('#compare:enabled')")
            try await browser.click("#compare")
            try await browser.see("No difference is open.")
            await sandbox.setNewTradeStatus("accepted")
            let late = try await kiosk.request(800)
            try await kiosk.tap(Cards.other)
            #expect(try await kiosk.wait(for: late, ["reversed"]) == "reversed")
            await sandbox.setTrade(late, status: "normal")
            try await browser.click("#compare")
            try await browser.see("Open differences: 1.")
            try await browser.see("charged but reversed")
            try await browser.click("#repair")
            try await browser.type("chen\u{E007}", into: "#dialog-by")
            try await browser.see("No difference is open.")
            let answer = try await kiosk.call("GET", "/v1/payments/\(late)")
            let history = answer.json["history"] as? [[String: Any]] ?? []
            #expect(history.contains { $0["by"] as? String == "chen" })
            try await eventually { await sandbox.trade(late)?.status == "closed" }
        }
    }

    /// A view, its address, and what shows that it is there.
    private static func places(_ seq: String) -> [(name: String, address: String, sign: String)] {
        [
            ("now", "#/now", ".tiles li"), ("payments", "#/payments", "form.search + div tbody a"),
            ("payment", "#/payments/\(seq)", "dl.facts"), ("lost-cards", "#/lost-cards", "#add"),
            ("day", "#/day", "svg.chart"),
        ]
    }

    @Test("each view is accessible in both languages and fits on a phone", arguments: ["en", "zh"])
    func views(_ language: String) async throws {
        try await withPage { kiosk, sandbox, browser in
            _ = try await pay(kiosk, reference: String(repeating: "long-", count: 25))
            let seq = try await held(kiosk, sandbox)
            if language == "zh" { try await browser.click("#language") }
            let signIn = try await browser.accessibilityViolations()
            #expect(signIn == [])
            try await browser.screenshot("operator-sign-in-\(language)")
            try await browser.signIn()
            for (name, address, sign) in Self.places(seq) {
                for (width, size) in [(1_280, ""), (360, "-phone")] {
                    try await browser.resize(width: width, height: 900)
                    try await browser.go(
                        address, until: "document.querySelector('\(sign)') !== null")
                    let found = try await browser.accessibilityViolations()
                    #expect(found == [], "\(name) \(language) \(width)")
                    let fits = "document.documentElement.scrollWidth <= \(width)"
                    #expect(try await browser.isTrue(fits), "\(name) \(language) \(width)")
                    try await browser.screenshot("operator-\(name)-\(language)\(size)")
                }
            }
            let tongue = "document.documentElement.lang.startsWith('\(language)')"
            #expect(try await browser.isTrue(tongue))
        }
    }

    @Test("the page outlives the agent: it says that nobody answers, and goes on by itself")
    func restart() async throws {
        try await withSandbox { _, url in
            let address = "127.0.0.1:\(LoopbackPort.free())"
            let kiosk = try Kiosk(
                platform: url, yaml: Self.quick, environment: ["KIOSK_API_LISTEN": address])
            let agent = try await kiosk.start()
            try await Browser.open("http://\(address)/operator") { browser in
                try await browser.signIn()
                try await browser.wait(until: "document.querySelector('#link.live') !== null")
                agent.signal(SIGKILL)
                await agent.end()
                try await browser.wait(until: "document.querySelector('#link.cut') !== null")
                let again = try await kiosk.start()
                try await browser.wait(until: "document.querySelector('#link.live') !== null")
                _ = try await pay(kiosk)
                try await browser.go(
                    "#/payments", until: "document.querySelector('form.search + div tbody a')")
                #expect(again.isRunning)
            }
        }
    }
}
