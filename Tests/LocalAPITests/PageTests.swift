import TerminalCore
import Testing

@testable import LocalAPI

@Suite("The payer's page") struct PageTests {
    private let scripts = PayerPage.files.filter { $0.path.hasSuffix(".js") }

    /// The part of each language between a line and the end of its list.
    private func lists(_ name: String) -> [Substring] {
        PayerPage.text("/payer-words.js").split(separator: "\n    \(name): {\n").dropFirst()
            .map { $0.split(separator: "\n    }")[0] }
    }

    @Test("there are words for each reason, in both languages", arguments: Reason.allCases)
    func reasons(_ reason: Reason) {
        let lists = lists("reasons")
        #expect(lists.count == 2)
        let lines = lists.flatMap { $0.split(separator: "\n") }
        let start = "      \(reason.rawValue): ['"
        #expect(lines.filter { $0.hasPrefix(start) }.count == 2)
    }

    /// What the screen itself does not tell, the status does; `other` is for what is new.
    @Test(
        "there are words for staff for each trouble, in both languages",
        arguments: ["full", "read_only", "failing", "corrupt", "no_service", "no_reader", "other"])
    func troubles(_ trouble: String) {
        let lines = lists("troubles").flatMap { $0.split(separator: "\n") }
        #expect(lines.filter { $0.hasPrefix("      \(trouble): '") }.count == 2)
    }

    @Test("there are words for each screen, in both languages", arguments: ViewTests.kinds)
    func screens(_ kind: String) {
        let lines = lists("screens").flatMap { $0.split(separator: "\n") }
        #expect(lines.filter { $0.hasPrefix("      \(kind): ['") }.count == 2)
    }

    /// The page's policy allows neither, and a page that needs them would stay blank.
    @Test("nothing in the page is inline, and nothing comes from elsewhere")
    func noInline() {
        let page = PayerPage.text("/")
        #expect(page.matches(of: /<script(?! type="module" src="\/)/).isEmpty)
        #expect(page.matches(of: /<style|\sstyle=|\son\w+=|javascript:/).isEmpty)
        #expect(page.matches(of: /https?:|\/\//).isEmpty)
        let style = PayerPage.text("/payer.css")
        #expect(!style.contains("url(") && !style.contains("@import"))
        for script in scripts {
            let text = PayerPage.text(script.path)
            #expect(text.matches(of: /innerHTML|eval\(|https?:/).isEmpty, "\(script.path)")
            for match in text.matches(of: /from '\.(\/[\w.-]+)'/) {
                let isServed = PayerPage.files.contains { $0.path == match.1 }
                #expect(isServed, "\(match.0)")
            }
        }
    }

    /// A kiosk's board is slow: the first picture needs the document and its style alone.
    @Test("the page is small")
    func size() {
        let words = bytes(["/payer-words.js"])
        #expect(bytes(["/", "/payer.css"]) <= 12_000)
        #expect(words <= 12_000)
        #expect(bytes(scripts.map(\.path)) - words <= 20_000)
    }

    private func bytes(_ paths: [String]) -> Int {
        paths.map { PayerPage.text($0).utf8.count }.reduce(0, +)
    }
}

extension PayerPage {
    /// The file that is served at `path`, as text.
    static func text(_ path: String) -> String {
        String(decoding: files.first { $0.path == path }?.bytes ?? [], as: UTF8.self)
    }
}
