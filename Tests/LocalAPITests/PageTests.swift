import Testing

@testable import LocalAPI

@Suite("The payer's page") struct PageTests {
    @Test(
        "a text is shown as it is, never as markup",
        arguments: [
            ("Canteen 1, lane 3", "Canteen 1, lane 3"), ("食堂", "食堂"), ("", ""),
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("a\" onload=\"x", "a&quot; onload=&quot;x"), ("R&D", "R&amp;D"),
            ("&lt;", "&amp;lt;"),
        ])
    func escaped(_ text: String, _ shown: String) { #expect(PayerPage.escape(text) == shown) }

    private func html(name: String, language: String = "en") -> String {
        PayerPage.html(
            APISettings(
                terminalID: "K001", terminalName: name, language: language, version: "1.2.3"))
    }

    @Test("the terminal's name stands in the title and in the head, escaped")
    func name() {
        let page = html(name: "<b>R&D</b>")
        #expect(page.contains("<title>&lt;b&gt;R&amp;D&lt;/b&gt;</title>"))
        #expect(page.contains("<header>&lt;b&gt;R&amp;D&lt;/b&gt;</header>"))
        #expect(!page.contains("<b>"))
    }

    @Test("the page speaks the configured language", arguments: ["zh", "en"])
    func language(_ language: String) {
        let page = html(name: "Canteen", language: language)
        #expect(page.contains("<html lang=\"\(language)\">"))
        #expect(page.contains("data-language=\"\(language)\""))
        #expect(PayerPage.script.contains("  \(language): {"))
    }

    /// The page's policy allows neither, and a page that needs them would stay blank.
    @Test("nothing in the page is inline, and nothing comes from elsewhere")
    func noInline() {
        let page = html(name: "Canteen")
        #expect(page.matches(of: /<script(?! src="[\/])/).isEmpty)
        #expect(page.matches(of: /<style|\sstyle=|\son\w+=|javascript:/).isEmpty)
        #expect(page.matches(of: /https?:|\/\//).isEmpty)
        #expect(!PayerPage.style.contains("url(") && !PayerPage.style.contains("@import"))
        #expect(PayerPage.script.matches(of: /innerHTML|eval\(|\.style\b|https?:/).isEmpty)
    }
}
