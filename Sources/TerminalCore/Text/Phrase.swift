/// A text for people in both languages of a terminal, side by side.
///
/// The tests of style go over each of them in the sources: both languages are there, and what is
/// filled in stands in both. A text with one language only is ``init(verbatim:)``.
public struct Phrase: Hashable, Sendable {
    /// English; also what programs and logs get.
    public let en: String
    /// Chinese.
    public let zh: String

    /// The same text in both languages.
    public init(en: String, zh: String) { (self.en, self.zh) = (en, zh) }

    /// What is the same in each language: a name, a number, or the words of somebody else.
    public init(verbatim text: String) { (en, zh) = (text, text) }

    /// One behind the other.
    public static func + (left: Phrase, right: Phrase) -> Phrase {
        Phrase(joined: left.en + right.en, left.zh + right.zh)
    }

    /// `phrases` with `separator` between them.
    public static func joined(_ phrases: [Phrase], by separator: Phrase) -> Phrase {
        Phrase(
            joined: phrases.map(\.en).joined(separator: separator.en),
            phrases.map(\.zh).joined(separator: separator.zh))
    }

    private init(joined en: String, _ zh: String) { (self.en, self.zh) = (en, zh) }
}
