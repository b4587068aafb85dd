public import TerminalCore

/// Everything that is wrong with a configuration, so that it can be mended in one go.
public struct ConfigurationError: Error, Hashable, Sendable {
    /// At least one, in the order of the file, then the rest.
    public let problems: [Problem]

    init(_ problems: [Problem]) {
        precondition(!problems.isEmpty)
        self.problems = problems.enumerated().sorted { left, right in
            let (first, second) = (left.element.place, right.element.place)
            if first.line == 0 || second.line == 0 {
                return first.line == second.line
                    ? left.offset < right.offset : first.line > second.line
            }
            return (first.line, first.column, left.offset)
                < (second.line, second.column, right.offset)
        }.map(\.element)
    }
}

extension ConfigurationError {
    /// Whether nothing is wrong but that secrets are missing: whoever is not the service has none.
    public var isOfMissingSecretsAlone: Bool {
        problems.allSatisfy { problem in
            guard case .file = problem.place, let key = problem.key.flatMap(KeyTable.key) else {
                return false
            }
            return key.isSecret
        }
    }
}

extension ConfigurationError: CustomStringConvertible {
    /// One line for each problem, in English.
    public var description: String { phrase.en }

    /// One line for each problem.
    public var phrase: Phrase {
        Phrase.joined(problems.map(\.phrase), by: Phrase(verbatim: "\n"))
    }
}

/// One thing that is wrong: where, what, and what is allowed.
public struct Problem: Hashable, Sendable {
    public let place: Place
    /// The key it is about; nil when it is about the file as a whole.
    public let key: String?
    /// The wrong value in quotes; nil when there is none or when it must not be seen.
    public let value: String?
    /// What is wrong with it.
    public let what: Phrase
    /// What is allowed, or what to do.
    public let remedy: Phrase
}

extension Problem: CustomStringConvertible {
    /// The phrase in English.
    public var description: String { phrase.en }

    /// `place: key: "value" is … — what is allowed`, without an `error:` before it.
    public var phrase: Phrase {
        let subject = [place.description, key].compactMap(\.self).map { $0 + ": " }.joined()
        return Phrase(verbatim: subject) + complaint
    }

    /// The same without its place and key: who asked for the value knows them.
    var complaint: Phrase {
        let subject = value.map { $0 + " " } ?? ""
        return Phrase(verbatim: subject) + what + Phrase(verbatim: " — ") + remedy
    }
}

extension Phrase {
    static let nothing = Phrase(verbatim: "")
    static let isMissing = Phrase(en: "is missing", zh: "缺失")
    static let isTwice = Phrase(en: "is there twice", zh: "出现了两次")
    static let removeOne = Phrase(en: "remove one of the two", zh: "请删除其中一个")
    static let isOpenSecret = Phrase(en: "is a secret in the open", zh: "是明文的密钥")

    /// The remedy that says what may stand there.
    static func allowed(_ what: Phrase) -> Phrase {
        Phrase(en: "allowed: \(what.en)", zh: "允许：\(what.zh)")
    }

    /// The remedy for a misspelt name.
    static func didYouMean(_ name: String) -> Phrase {
        Phrase(en: "did you mean \(name)?", zh: "是否应为 \(name)？")
    }
}
