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
    /// One line for each problem.
    public var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// One thing that is wrong: where, what, and what is allowed.
public struct Problem: Hashable, Sendable {
    public let place: Place
    /// The key it is about; nil when it is about the file as a whole.
    public let key: String?
    /// The wrong value in quotes; nil when there is none or when it must not be seen.
    public let value: String?
    /// What is wrong with it.
    public let what: String
    /// What is allowed, or what to do.
    public let remedy: String
}

extension Problem: CustomStringConvertible {
    /// `place: key: "value" is … — what is allowed`, without an `error:` before it.
    public var description: String {
        let subject = [place.description, key].compactMap(\.self).map { $0 + ": " }.joined()
        let predicate = [value, what].compactMap(\.self).joined(separator: " ")
        return subject + predicate + " — " + remedy
    }
}
