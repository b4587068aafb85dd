import TerminalCore
import Testing

@testable import LocalAPI

@Suite("The payer's page") struct PageTests {
    private let scripts = PayerPage.files.filter { $0.path.hasSuffix(".js") }
    private static let languages = ["/payer-zh.js", "/payer-en.js"]

    /// The lines of a list, in the texts of both languages.
    private func lines(_ list: String) -> [Substring] {
        Self.languages.flatMap { language -> [Substring] in
            let parts = PayerPage.text(language).split(separator: "\n  \(list): {\n")
            guard parts.count == 2 else { return [] }
            return parts[1].split(separator: "\n  }")[0].split(separator: "\n")
        }
    }

    /// These two have a screen of their own.
    @Test("there are words for each reason, in both languages", arguments: Reason.allCases)
    func reasons(_ reason: Reason) {
        let start = "    \(reason.rawValue): ['"
        let count = [.cardLost, .cancelled].contains(reason) ? 0 : 2
        #expect(lines("reasons").filter { $0.hasPrefix(start) }.count == count)
    }

    /// What the screen itself does not tell, the status does; `other` is for what is new.
    @Test(
        "there are words for staff for each trouble, in both languages",
        arguments: ["full", "read_only", "failing", "corrupt", "no_service", "no_reader", "other"])
    func troubles(_ trouble: String) {
        #expect(lines("troubles").filter { $0.hasPrefix("    \(trouble): '") }.count == 2)
    }

    @Test("there are words for each screen, in both languages", arguments: ViewTests.kinds)
    func screens(_ kind: String) {
        #expect(lines("screens").filter { $0.hasPrefix("    \(kind): ['") }.count == 2)
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

    /// What a language lacks would stand there as `undefined`, or stop the page.
    @Test("what one language says, the other says, too")
    func sameTexts() {
        let names = Self.languages.map { language in
            PayerPage.text(language).matches(of: /[{ ](\w+): ['\[{]/).map { String($0.1) }
        }
        #expect(names[0].count > 80)
        #expect(names[0] == names[1])
    }

    /// A kiosk's board is slow: the first picture needs the document and its style alone, and a
    /// browser fetches the texts of one language.
    @Test("the page is small")
    func size() {
        let texts = Self.languages.map { bytes([$0]) }
        let code = bytes(scripts.map(\.path)) - texts.reduce(0, +)
        #expect(bytes(["/", "/payer.css"]) <= 12_000)
        #expect(texts.allSatisfy { $0 > 0 && code + $0 <= 25_000 })
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
