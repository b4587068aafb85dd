import Foundation

/// A real headless Chromium, driven over WebDriver by a chromedriver of its own on a free port.
struct Browser: Sendable {
    private let driver: WebDriver

    /// Opens the page and ends chromedriver and Chromium afterwards, whatever `body` does.
    static func open(
        _ url: String, width: Int = 1_024, height: Int = 768,
        _ body: (Browser) async throws -> Void
    ) async throws {
        await Places.browsers.enter()
        defer { Task { await Places.browsers.leave() } }
        let browser = Browser(driver: try await WebDriver.start())
        var failure: (any Error)?
        do {
            try await browser.resize(width: width, height: height)
            try await browser.driver.tell("url", ["url": url])
            try await body(browser)
        } catch {
            failure = error
        }
        await browser.driver.quit()
        if let failure { throw failure }
    }

    private struct Script: Encodable {
        let script: String
        let args: [String] = []
    }

    /// Runs a script (its `return` value as JSON) in the page.
    func run<Value: Decodable & Sendable>(
        _ script: String, as type: Value.Type = Value.self
    ) async throws -> Value {
        try await driver.ask("execute/sync", Script(script: script))
    }

    /// A condition that did not come true, and what the page said instead.
    struct NeverHeld: Error {
        var condition: String
        var page: String
    }

    /// Waits until the JavaScript expression holds; the page itself tells when (no polling from
    /// outside), at most 20 seconds.
    func wait(until condition: String) async throws {
        if try await holds(condition) { return }
        let page: String = try await run("return document.documentElement.outerHTML")
        throw NeverHeld(condition: condition, page: page)
    }

    /// A page that is loaded anew takes the script with it, so it is given again.
    private func holds(_ condition: String) async throws -> Bool {
        let script = Script(script: Self.watch(condition))
        for _ in 1...3 {
            do {
                return try await driver.ask("execute/async", script)
            } catch let refused as WebDriver.Refused where Self.isLoadedAnew(refused) {
                continue
            }
        }
        return try await driver.ask("execute/async", script)
    }

    private static func isLoadedAnew(_ refused: WebDriver.Refused) -> Bool {
        ["unloaded", "navigation", "execution context"].contains { refused.message.contains($0) }
    }

    /// What only time changes (a size, a clock) is looked at between the page's changes, too.
    private static func watch(_ condition: String) -> String {
        """
        const [done] = arguments, end = performance.now() + 20000;
        let timer = 0;
        const observer = new MutationObserver(look);
        function look() {
          let isTrue = false;
          try { isTrue = Boolean(\(condition)); } catch { isTrue = false; }
          if (!isTrue && performance.now() < end) return;
          observer.disconnect();
          clearInterval(timer);
          done(isTrue);
        }
        observer.observe(document, {
          subtree: true, childList: true, characterData: true, attributes: true
        });
        timer = setInterval(look, 50);
        look();
        """
    }

    /// Clicks the element as a finger does, once it is there.
    func click(_ selector: String) async throws {
        try await onElement(selector, "click", [String: String]())
    }

    /// Types into the element, once it is there.
    func type(_ text: String, into selector: String) async throws {
        try await onElement(selector, "value", ["text": text])
    }

    /// A page that draws itself anew has another element in this place, so it is looked for again.
    private func onElement(
        _ selector: String, _ call: String, _ body: [String: String]
    ) async throws {
        for _ in 1...3 {
            do {
                return try await driver.tell("\(element(selector))/\(call)", body)
            } catch let refused as WebDriver.Refused where refused.error.hasPrefix("stale") {
                continue
            }
        }
        try await driver.tell("\(element(selector))/\(call)", body)
    }

    /// The path of the element's calls.
    private func element(_ selector: String) async throws -> String {
        let quoted = String(decoding: try JSONEncoder().encode(selector), as: UTF8.self)
        try await wait(until: "document.querySelector(\(quoted)) !== null")
        let found: [String: String] = try await driver.ask(
            "element", ["using": "css selector", "value": selector])
        return "element/" + (found.values.first ?? "")
    }

    private struct Input: Encodable {
        struct Source: Encodable {
            let type = "key"
            let id = "keyboard"
            let actions: [Key]
        }

        struct Key: Encodable {
            let type: String
            let value: String
        }

        let actions: [Source]
    }

    /// Presses keys as a keyboard does: "\u{E004}" is Tab, "\u{E007}" Enter, "\u{E00C}" Escape
    /// (WebDriver's code points).
    func press(_ keys: String) async throws {
        let strokes = keys.unicodeScalars.flatMap { key in
            ["keyDown", "keyUp"].map { Input.Key(type: $0, value: String(key)) }
        }
        try await driver.tell("actions", Input(actions: [Input.Source(actions: strokes)]))
    }

    private struct Command: Encodable {
        struct Metrics: Encodable {
            let width: Int
            let height: Int
            let deviceScaleFactor = 1
            let mobile = false
        }

        let cmd = "Emulation.setDeviceMetricsOverride"
        let params: Metrics
    }

    /// Gives the page another size, in CSS pixels.
    func resize(width: Int, height: Int) async throws {
        let metrics = Command.Metrics(width: width, height: height)
        try await driver.tell("goog/cdp/execute", Command(params: metrics))
    }

    /// Keeps the screenshot as docs/screens/NAME.png when the tests run with SCREENS=1.
    func screenshot(_ name: String) async throws {
        guard ProcessInfo.processInfo.environment["SCREENS"] == "1" else { return }
        let picture: String = try await driver.get("screenshot")
        let folder = Program.root.appending(path: "docs/screens")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try (Data(base64Encoded: picture) ?? Data())
            .write(to: folder.appending(path: "\(name).png"))
    }

    /// What axe-core finds against WCAG 2.2 AA: one line per violation, empty when clean.
    func accessibilityViolations() async throws -> [String] {
        let isThere: Bool = try await run("return typeof window.axe === 'object'")
        if !isThere {
            let file = Program.root.appending(path: ".build/axe/axe.min.js")
            let axe = try String(contentsOf: file, encoding: .utf8)
            let isTaken: Bool = try await run(axe + "\nreturn typeof window.axe === 'object'")
            guard isTaken else { return ["axe-core does not run in this page"] }
        }
        return try await driver.ask("execute/async", Script(script: Self.check))
    }

    private static let check = """
        const [done] = arguments;
        const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
        axe.run(document, {runOnly: {type: 'tag', values: levels}}).then(
          found => done(found.violations.map(broken => broken.id + ': ' + broken.help + ' ('
            + broken.nodes.map(node => node.target.join(' ')).join(', ') + ')')),
          failure => done(['axe-core failed: ' + failure]));
        """
}
