import Foundation
import Glibc
import Testing

/// The payer's page of one agent in a browser, and how a test looks at it.
struct PayerScreen {
    /// From a 7-inch panel to a pillar; the first is what the pictures are of.
    static let sizes = [(800, 480), (480, 800), (1_920, 1_080), (1_080, 1_920)]
    private static let tooLow = "the window is too low"

    let browser: Browser
    let kiosk: Kiosk
    let agent: Program

    /// Opens the page and waits until the agent spoke.
    static func open(
        _ kiosk: Kiosk, _ agent: Program, _ body: (PayerScreen) async throws -> Void
    ) async throws {
        let url = "http://127.0.0.1:\(kiosk.port(of: agent))/"
        try await Browser.open(url, width: 800, height: 480) { browser in
            let page = PayerScreen(browser: browser, kiosk: kiosk, agent: agent)
            try await page.wait(for: "name", "Canteen")
            try await body(page)
        }
    }

    /// Waits for one of the page's screens.
    func wait(for kind: String) async throws {
        try await browser.wait(until: "document.body.dataset.kind === '\(kind)'")
    }

    /// Waits until the element says just that.
    func wait(for id: String, _ text: String) async throws {
        try await browser.wait(until: "document.getElementById('\(id)').textContent === '\(text)'")
    }

    /// What the element says.
    func text(_ id: String) async throws -> String {
        try await browser.run("return document.getElementById('\(id)').textContent")
    }

    /// Asks for a payment and waits until the page does.
    func request(_ fen: Int) async throws -> String {
        let seq = try await kiosk.request(fen)
        try await wait(for: "awaiting_card")
        return seq
    }

    /// Looks at the page as it is now, in both languages and at every size: nothing is cut, the
    /// page fits, and axe-core finds nothing. The time stands still meanwhile, as an outcome stays
    /// for some seconds only.
    func look(at name: String) async throws {
        let isRunning = agent.isRunning
        if isRunning {
            // The texts of both languages are fetched while somebody can give them.
            for language in ["zh", "en"] { try await use(language) }
            agent.signal(SIGSTOP)
        }
        let _: Bool = try await browser.run(
            "const now = Date.now(); window.clock = Date.now; Date.now = () => now; return true")
        for language in ["en", "zh"] {
            try await use(language)
            try await measure("\(name) \(language)")
            for (width, height) in [Self.sizes[0], Self.sizes[3]] {
                try await browser.resize(width: width, height: height)
                let found = try await browser.accessibilityViolations()
                #expect(found == [], "\(name) \(language) \(width)x\(height)")
                let shape = width > height ? "" : "-portrait"
                try await browser.screenshot("payer-\(name)-\(language)\(shape)")
            }
        }
        try await use("en")
        let (width, height) = Self.sizes[0]
        try await browser.resize(width: width, height: height)
        // The page must not take the pause for a sleep of the machine.
        let _: Bool = try await browser.run(
            """
            const clock = window.clock, pause = clock() - Date.now();
            Date.now = () => clock() - pause;
            return true;
            """)
        if isRunning { agent.signal(SIGCONT) }
    }

    /// Each size as it is, and enlarged to 200 %, which leaves half the room in both directions:
    /// the page may then be scrolled, but nothing is cut sideways, and text is not smaller.
    private func measure(_ name: String) async throws {
        for (width, height) in Self.sizes {
            try await browser.resize(width: width, height: height)
            let bad = try await misfits()
            #expect(bad == [], "\(name) \(width)x\(height)")
            try await browser.resize(width: width / 2, height: height / 2)
            let cut = try await misfits().filter { $0 != Self.tooLow }
            #expect(cut == [], "\(name) \(width)x\(height) at 200 %")
            let text: Double = try await browser.run(
                "return parseFloat(getComputedStyle(document.documentElement).fontSize)")
            #expect(text >= 17, "\(name) \(width)x\(height) at 200 %")
        }
    }

    private func use(_ language: String) async throws {
        let tag = language == "zh" ? "zh-CN" : language
        let isOther: Bool = try await browser.run(
            "return document.documentElement.lang !== '\(tag)'")
        if isOther { try await browser.click("#language") }
        try await browser.wait(until: "document.documentElement.lang === '\(tag)'")
    }

    /// What does not fit into its box, or into the window; and buttons too small for a finger.
    private func misfits() async throws -> [String] {
        try await browser.run(
            """
            const bad = [], page = document.documentElement;
            if (page.scrollHeight > innerHeight) bad.push('\(Self.tooLow)');
            for (const part of document.querySelectorAll('body *')) {
              if (part.closest('svg, .unseen') || part.clientWidth === 0) continue;
              if (getComputedStyle(part).display === 'inline') continue;
              if (part.scrollWidth > part.clientWidth) bad.push('#' + part.id + ' is cut');
              const {width, height} = part.getBoundingClientRect();
              if (part.matches('button') && Math.min(width, height) < 44) {
                bad.push('#' + part.id + ' is small');
              }
            }
            return bad;
            """)
    }
}
