import Foundation
import Sandbox
import Synchronization

/// What no line of an agent's log may hold: card numbers, codes, phones, tokens and secrets.
///
/// The harness adds what it hands out to an agent, and looks through what each agent has logged, so
/// that a test need not ask for it.
final class ForbiddenWords: Sendable {
    static let shared = ForbiddenWords()

    /// Shorter ones would be found in words that mean nothing.
    private static let lengthMin = 6

    private let words = Mutex(
        Set(Cards.all.map(\.number) + [SandboxServer.testClientSecret]))

    func add(_ word: String) {
        guard word.count >= Self.lengthMin else { return }
        words.withLock { _ = $0.insert(word) }
    }

    /// Adds what a call of the local API brings that must not be logged.
    func add(body: [String: any Sendable]) {
        for name in ["card", "code", "phone"] {
            if let word = body[name] as? String { add(word) }
        }
    }

    /// Adds what a program is given as variables and as credential files.
    func add(environment: [String: String]) {
        for (name, value) in environment
        where ["_SECRET", "_TOKEN", "_KEY"].contains(where: { name.hasSuffix($0) }) {
            // A path only says where a secret is.
            if !value.hasPrefix("/") { add(value) }
        }
        guard let credentials = environment["CREDENTIALS_DIRECTORY"] else { return }
        for name in (try? FileManager.default.contentsOfDirectory(atPath: credentials)) ?? [] {
            let data = FileManager.default.contents(atPath: credentials + "/" + name) ?? Data()
            let text = String(decoding: data, as: UTF8.self)
            add(text.trimmingCharacters(in: .whitespacesAndNewlines))
        }
    }

    /// The lines of a log that hold something forbidden.
    func lines(of log: [String]) -> [String] {
        let words = self.words.withLock { $0 }
        return log.filter { line in
            Self.holdsToken(line) || words.contains { Self.holds(line, $0) }
        }
    }

    /// A number counts only as a whole: six digits may stand within many others.
    private static func holds(_ line: String, _ word: String) -> Bool {
        guard word.allSatisfy(\.isWholeNumber) else { return line.contains(word) }
        return line.ranges(of: word).contains { range in
            let before = line[..<range.lowerBound].last
            let after = line[range.upperBound...].first
            return before?.isWholeNumber != true && after?.isWholeNumber != true
        }
    }

    /// The sandbox's tokens have the shape of a UUID; any other one comes with its header.
    private static func holdsToken(_ line: String) -> Bool {
        line.contains(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/)
            || line.contains(/(?i)\bbearer +\S/)
    }
}
