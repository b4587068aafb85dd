internal import TerminalCore

/// A value as it stands in its source, before anything is made of it.
struct Raw: Sendable {
    /// Scalars keep their text; the key decides what it means, never YAML's guesses.
    indirect enum Content: Sendable {
        case null
        case scalar(String)
        case list([Raw])
        case map([Member])
        /// Deeper than anything that the configuration has.
        case tooDeep
    }

    /// One key of a map with its value.
    struct Member: Sendable {
        let name: String
        let place: Place
        let value: Raw
    }

    let content: Content
    let place: Place

    /// What a person would call it, for "is … where … is wanted".
    var kind: Phrase {
        switch content {
        case .null: Phrase(en: "empty", zh: "为空")
        case .scalar: Phrase(en: "a single value", zh: "是单个值")
        case .list: Phrase(en: "a list", zh: "是列表")
        case .map: Phrase(en: "a map", zh: "是映射")
        case .tooDeep: Phrase(en: "nested too deep", zh: "嵌套过深")
        }
    }

    /// Null, or the documented example's `...`, which stands for what a site has of its own.
    var isNothing: Bool {
        switch content {
        case .null: true
        case .scalar(let text): text == Self.placeholder
        default: false
        }
    }

    /// What the documented example writes where a site has something of its own; no value of a
    /// running configuration.
    static let placeholder = "..."

    /// On one line, in YAML's flow style, for `config show`.
    var shown: String {
        switch content {
        case .null: "null"
        case .scalar(let text): Self.quotedWhereNeeded(text)
        case .list(let items): "[" + items.map(\.shown).joined(separator: ", ") + "]"
        case .map(let members):
            "{" + members.map { "\($0.name): \($0.value.shown)" }.joined(separator: ", ") + "}"
        case .tooDeep: "…"
        }
    }

    /// The start of `text` in quotes, with control characters escaped, for error messages.
    static func quoted(_ text: String) -> String {
        shortened(text).debugDescription
    }

    /// At most the first ``lengthShownMax`` characters.
    static func shortened(_ text: String) -> String {
        let start = text.prefix(lengthShownMax)
        return String(start) + (start.endIndex < text.endIndex ? "…" : "")
    }

    /// The most characters of a wrong value that an error message repeats.
    static let lengthShownMax = 60

    private static func quotedWhereNeeded(_ text: String) -> String {
        let plain = text.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || "0123456789/._-:+@ ".unicodeScalars.contains($0)
        }
        let words: Set = ["null", "~", ""]
        let edges = text.hasPrefix(" ") || text.hasSuffix(" ") || text.hasPrefix("-")
        let mapping = text.contains(": ") || text.hasSuffix(":") || text.hasPrefix(":")
        let safe = plain && !edges && !mapping && !text.hasPrefix("@") && !words.contains(text)
        return safe ? text : text.debugDescription
    }
}
