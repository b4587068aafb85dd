internal import TerminalCore

/// One line of the doctor: a part, and what is wrong with it or worth knowing.
struct Finding: Hashable {
    /// How much it matters.
    enum Level: Hashable {
        case ok
        /// Payments go on; somebody should look all the same.
        case warning
        /// Payments fail, or will.
        case problem
    }

    var part: Part
    var level: Level
    /// Nil for a part that is in order, and nothing more is to be said of it.
    var words: Phrase?

    init(_ part: Part, _ problem: Phrase?) {
        self.init(part, problem == nil ? .ok : .problem, problem)
    }

    /// What is worth knowing about a part that is in order.
    init(_ part: Part, note: Phrase) { self.init(part, .ok, note) }

    init(_ part: Part, warning: Phrase) { self.init(part, .warning, warning) }

    private init(_ part: Part, _ level: Level, _ words: Phrase?) {
        self.part = part
        self.level = level
        self.words = words
    }

    /// What is wrong; nil when nothing is.
    var problem: Phrase? { level == .problem ? words : nil }

    /// `PROBLEM  part: what — why — what to do`, its mark in the level's colour.
    var line: StyledText {
        let mark = Mark(level)
        let rest = (words.map { FindingWords.line(part.name, $0) } ?? part.name).text
        return mark.text(wide: FindingWords.markWidth) + StyledText(rest)
    }
}

extension Finding: Encodable {
    private enum CodingKeys: String, CodingKey { case part, ok, problem, warning, note }

    /// Programs read English.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(part, forKey: .part)
        try container.encode(level != .problem, forKey: .ok)
        let key: CodingKeys =
            switch level {
            case .ok: .note
            case .warning: .warning
            case .problem: .problem
            }
        try container.encodeIfPresent(words?.en, forKey: key)
    }
}

/// How a line of the doctor is put together.
enum FindingWords {
    /// The widest mark and the space behind it.
    static let markWidth = 9

    static func line(_ part: Phrase, _ words: Phrase) -> Phrase {
        Phrase(en: "\(part.en): \(words.en)", zh: "\(part.zh)：\(words.zh)")
    }
}

extension Mark {
    init(_ level: Finding.Level) {
        switch level {
        case .ok: self.init(.good, Phrase(en: "ok", zh: "正常"))
        case .warning: self.init(.waiting, Phrase(en: "warning", zh: "注意"))
        case .problem: self.init(.bad, Phrase(en: "PROBLEM", zh: "问题"))
        }
    }
}
