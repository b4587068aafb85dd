import Foundation

/// A page of the documentation: the fenced blocks in it.
struct Guide: Sendable {
    struct Block: Sendable {
        var language: String
        var text: String
    }

    let blocks: [Block]

    /// `path` is relative to the root of the repository.
    init(_ path: String) {
        let text = try? String(contentsOf: Program.root.appending(path: path), encoding: .utf8)
        blocks = (text ?? "").matches(of: /```(\w+)\n((?s:.*?))```/)
            .map { Block(language: String($0.1), text: String($0.2)) }
    }

    /// What a reader types, and what the page shows after it; nil where it shows nothing.
    var typed: [(command: String, shown: Block?)] {
        blocks.indices.filter { blocks[$0].language == "sh" }.map { index in
            let next = blocks.indices.contains(index + 1) ? blocks[index + 1] : nil
            let isOutput = ["json", "text"].contains(next?.language)
            return (blocks[index].text, isOutput ? next : nil)
        }
    }

    /// The first block in this language.
    func program(_ language: String) -> String? {
        blocks.first { $0.language == language }?.text
    }
}

extension Guide.Block {
    /// The text in a form in which two runs are the same: numbers, times and identifiers of one
    /// run are left out, and how it is set.
    var steady: String { Self.steady(text) }

    static func steady(_ text: String) -> String {
        let json = try? JSONSerialization.jsonObject(with: Data(text.utf8))
        if let members = json as? [String: Any] { return lines(members).joined(separator: "\n") }
        return text.replacing(/[0-9a-f]{24}/, with: "TRADE")
            .replacing(/[A-Z]+\d*\d{13}/, with: "SEQ")
            .replacing(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d\d:\d\d/, with: "TIME")
            .split(separator: "\n")
            .map { $0.split(separator: " ").joined(separator: " ") }.joined(separator: "\n")
    }

    /// Members that are of one run. When an outcome was told depends on who is faster.
    private static let fleeting: Set<String> = [
        "seq", "trade_id", "created_at", "updated_at", "expires_at", "at", "local", "attempts",
    ]

    private static func lines(_ members: [String: Any], in place: String = "") -> [String] {
        members.filter { $0.key != "told_at" }.sorted { $0.key < $1.key }.flatMap { name, value in
            if let inside = value as? [String: Any] { return lines(inside, in: "\(name).") }
            return ["\(place)\(name): \(fleeting.contains(name) ? "…" : "\(value)")"]
        }
    }
}
