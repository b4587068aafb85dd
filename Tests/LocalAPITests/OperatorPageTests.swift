import SyncEngine
import TerminalCore
import Testing

@testable import LocalAPI

@Suite("The operator's page and its files") struct OperatorPageTests {
    private let scripts = OperatorPage.files.filter { $0.path.hasSuffix(".js") }
    private static let languages = ["/operator-en.js", "/operator-zh.js"]

    private func text(_ path: String) -> String {
        let file = OperatorPage.files.first { $0.path == path }
        return String(decoding: file?.bytes ?? [], as: UTF8.self)
    }

    /// The words of `name`, a list in a file of one language.
    private func list(_ name: String, _ language: String) -> Substring {
        let parts = text(language).split(separator: "\(name): {")
        return parts.count > 1 ? parts[1].split(separator: "}")[0] : ""
    }

    @Test("nothing in the page is inline, and nothing comes from elsewhere")
    func noInline() {
        let page = text("/operator")
        #expect(page.matches(of: /<script(?! type="module" src="\/)/).isEmpty)
        #expect(page.matches(of: /<style|\sstyle=|\son\w+=|javascript:|https?:|\/\//).isEmpty)
        let style = text("/operator.css")
        #expect(!style.contains("url(") && !style.contains("@import"))
        for script in scripts {
            let text = text(script.path)
            let wrong = text.matches(of: /innerHTML|outerHTML|insertAdjacent|eval\(|\.style\b/)
            #expect(wrong.isEmpty, "\(script.path)")
            let addresses = text.matches(of: /https?:[^']*/).map { String($0.output) }
            #expect(addresses.allSatisfy { $0.hasPrefix("http://www.w3.org/") })
        }
    }

    @Test("each file that a script asks for is served")
    func imports() {
        var asked: Set<String> = []
        for script in scripts {
            for match in text(script.path).matches(of: /from '\.(\/[\w.-]+)'/) {
                asked.insert(String(match.1))
            }
        }
        #expect(asked.count > 8)
        #expect(asked.subtracting(OperatorPage.files.map(\.path)) == [])
        #expect(OperatorPage.files.allSatisfy { !$0.bytes.isEmpty })
    }

    @Test("the token is kept in the tab's own storage and nowhere else")
    func token() {
        let all = scripts.map { text($0.path) }.joined()
        #expect(all.matches(of: /localStorage|document\.cookie|indexedDB|caches\b/).isEmpty)
        #expect(!text("/operator-api.js").contains("console"))
    }

    @Test("states and reasons have Chinese words, as the report has", arguments: Reason.allCases)
    func reasons(_ reason: Reason) {
        let words = list("reasons", "/operator-zh.js")
        #expect(words.contains("\(reason.rawValue): '"))
        for state in PaymentState.allCases {
            #expect(list("states", "/operator-zh.js").contains("\(state.rawValue): '"))
        }
    }

    @Test("each cause of a wait has words, in both languages", arguments: languages)
    func waiting(_ language: String) {
        for kind in WaitingCause.Kind.allCases {
            #expect(list("why", language).contains("\(kind.rawValue): '"), "\(kind)")
        }
        let troubles = text(language).split(separator: "trouble: {").last ?? ""
        for trouble in WaitingCause.Trouble.allCases {
            #expect(troubles.contains("\(trouble.rawValue): '"), "\(trouble)")
        }
    }

    @Test("each difference that a comparison finds has Chinese words")
    func differences() {
        let words = list("kinds", "/operator-zh.js")
        for kind in Reconciliation.Kind.allCases {
            #expect(words.contains("\(kind.rawValue): '"), "\(kind)")
        }
    }

    @Test("each screen of the payer has words, in both languages", arguments: languages)
    func screens(_ language: String) {
        let words = list("screens", language)
        for kind in ViewTests.screens.map({ ScreenView($0.screen).kind }) {
            #expect(words.contains("\(kind): '"), "\(kind)")
        }
    }

    /// A browser loads the texts of one language alone.
    @Test("the page is small")
    func size() {
        let texts = Self.languages.map { text($0).utf8.count }
        let code = scripts.map(\.bytes.count).reduce(0, +) - texts.reduce(0, +)
        #expect(texts.allSatisfy { $0 <= 12_500 })
        #expect(code <= 60_000)
        #expect(text("/operator").utf8.count + text("/operator.css").utf8.count <= 12_000)
    }
}
