import Foundation
import Testing

/// One decoder of foreign bytes: what it is meant for, and what must hold whatever it gets.
struct FuzzTarget: Sendable, CustomTestStringConvertible {
    /// What became of an input.
    enum Verdict: Hashable, Sendable {
        case taken
        case refused
        /// A rule does not hold; the text names it.
        case broken(String)
    }

    let name: String
    /// Its part of all inputs in relation to the others': slow decoders get few.
    let share: Int
    /// Texts that are taken; the inputs are made of them.
    let samples: [[UInt8]]
    let verdict: @Sendable ([UInt8]) -> Verdict

    var testDescription: String { name }

    static let all: [FuzzTarget] = [
        tokens, chainUp, sessions, trades, callbacks, redirects, dates, scanners, codes, cards,
        numbers, journals, sealing, settings, lists,
    ].flatMap(\.self)
}

extension FuzzTarget {
    /// A file of `Tests/Fixtures`; empty, and so not taken, when there is none.
    static func fixture(_ path: String) -> [UInt8] {
        let tests = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent()
        let data = try? Data(contentsOf: tests.appending(path: "Fixtures/" + path))
        return data.map { Array($0) } ?? []
    }
}
