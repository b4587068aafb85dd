/// The texts of `Phrase(en: …, zh: …)` in a source, as they are written there.
struct WrittenPhrase: Hashable {
    var en: String
    var zh: String

    /// What is filled in, without the language that a part of it is in: `\(name.zh)` is `name`.
    static func placeholders(_ text: String) -> [String] {
        literals(text).flatMap(\.filled).map { name in
            name.hasSuffix(".en") || name.hasSuffix(".zh") ? String(name.dropLast(3)) : name
        }.sorted()
    }

    /// The words themselves, without what is filled in.
    static func words(_ text: String) -> String { literals(text).map(\.words).joined() }

    /// Whether it is written out here, not made elsewhere.
    static func isLiteral(_ text: String) -> Bool { !literals(text).isEmpty }

    /// All phrases in a source. The label `en:` begins one, `zh:` its second half.
    static func all(in source: String) -> [WrittenPhrase] {
        source.matches(of: /\bPhrase\(\s*en:/.wordBoundaryKind(.simple)).compactMap { match in
            let rest = source[match.range.upperBound...]
            guard let whole = argument(rest, isLast: false),
                let mark = source[whole.endIndex...].firstRange(of: "zh:"),
                let second = argument(source[mark.upperBound...], isLast: true)
            else { return nil }
            return WrittenPhrase(en: String(whole), zh: String(second))
        }
    }

    private struct Literal {
        var words = ""
        var filled: [String] = []
    }

    /// The expression up to its comma, or up to the parenthesis that closes the call.
    private static func argument(_ text: Substring, isLast: Bool) -> Substring? {
        var (depth, at) = (0, text.startIndex)
        while at < text.endIndex {
            switch text[at] {
            case "\"":
                guard let end = literal(text, at)?.end else { return nil }
                at = end
                continue
            case "(", "[", "{": depth += 1
            case ")" where depth == 0: return text[..<at]
            case ")", "]", "}": depth -= 1
            case "," where depth == 0 && !isLast: return text[..<at]
            default: break
            }
            at = text.index(after: at)
        }
        return nil
    }

    private static func literals(_ text: String) -> [Literal] {
        var (found, at) = ([Literal](), text.startIndex)
        while let quote = text[at...].firstIndex(of: "\"") {
            guard let next = Self.literal(text[...], quote) else { break }
            found.append(next.literal)
            at = next.end
        }
        return found
    }

    /// The literal that begins at the quote `start`, and the index behind its end.
    private static func literal(
        _ text: Substring, _ start: String.Index
    ) -> (literal: Literal, end: String.Index)? {
        var (literal, at) = (Literal(), text.index(after: start))
        while at < text.endIndex {
            let letter = text[at]
            let next = text.index(after: at)
            if letter == "\"" { return (literal, next) }
            guard letter == "\\", next < text.endIndex else {
                literal.words.append(letter)
                at = next
                continue
            }
            at = text.index(after: next)
            guard text[next] == "(" else {
                literal.words.append(text[next])
                continue
            }
            guard let filled = argument(text[at...], isLast: true) else { return nil }
            literal.filled.append(String(filled))
            at = text.index(after: filled.endIndex)
        }
        return nil
    }
}

/// The rules for texts in two languages.
enum PhraseChecks {
    /// The little words that no English sentence does without. Commands and keys have none of them.
    private static let english: Set<String> = [
        "the", "is", "are", "was", "not", "cannot", "of", "and", "for", "with", "this", "it", "by",
        "may", "or", "to", "an", "a", "that", "nobody", "no",
    ]

    /// What is wrong with one; empty when nothing is.
    static func flaws(_ phrase: WrittenPhrase) -> [String] {
        guard WrittenPhrase.isLiteral(phrase.en) else { return [] }
        let chinese = WrittenPhrase.words(phrase.zh)
        let isChinese = chinese.unicodeScalars.contains { $0.value >= 0x2E80 }
        let filled =
            WrittenPhrase.placeholders(phrase.en) == WrittenPhrase.placeholders(phrase.zh)
        return [
            isChinese || isTechnical(phrase) ? nil : "no Chinese",
            filled ? nil : "another filling",
            sentence(in: chinese).map { "English: \($0)" },
        ].compactMap(\.self)
    }

    /// A text of signs and names has the same words in both languages.
    private static func isTechnical(_ phrase: WrittenPhrase) -> Bool {
        WrittenPhrase.words(phrase.en).split(separator: " ").allSatisfy { word in
            !word.contains(where: \.isLetter)
        }
    }

    private static func sentence(in text: String) -> String? {
        text.split { !$0.isASCII || !($0.isLetter || "-_./:=".contains($0)) }
            .map(String.init).first(where: english.contains)
    }
}
