internal import ArgumentParser
internal import TerminalCore

/// What is wrong with a command line, as far as several commands say it.
enum UsageWords {
    static func zeroOrMore(_ option: String) -> Phrase {
        Phrase(en: "\(option) must be 0 or more", zh: "\(option) 必须大于或等于 0")
    }

    static func between(_ option: String, _ least: Int, _ most: Int) -> Phrase {
        Phrase(
            en: "\(option) must be \(least) to \(most)",
            zh: "\(option) 必须为 \(least) 至 \(most)")
    }

    static func moment(_ option: String) -> Phrase {
        Phrase(
            en: "\(option) must be \(Moments.forms.en)", zh: "\(option) 必须为\(Moments.forms.zh)")
    }
}

extension ValidationError {
    /// In the terminal's language.
    init(_ phrase: Phrase) { self.init(phrase.text) }
}
