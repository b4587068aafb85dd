internal import TerminalCore

/// A text of which parts may have a colour. The words say all without it.
struct StyledText: Hashable {
    private struct Run: Hashable {
        var text: String
        var mood: Mood?
    }

    private var runs: [Run]

    init(_ text: String, _ mood: Mood? = nil) { runs = [Run(text: text, mood: mood)] }

    static func + (left: StyledText, right: StyledText) -> StyledText {
        var sum = left
        sum.runs += right.runs
        return sum
    }

    static func joined(_ texts: [StyledText], by separator: String) -> StyledText {
        guard let first = texts.first else { return StyledText("") }
        return texts.dropFirst().reduce(first) { $0 + StyledText(separator) + $1 }
    }

    /// Without colours.
    var plain: String { runs.map(\.text).joined() }

    /// How many columns it takes.
    var displayWidth: Int { runs.reduce(0) { $0 + $1.text.displayWidth } }

    /// Without spaces at its end.
    var trimmed: StyledText {
        var rest = self
        while let last = rest.runs.popLast() {
            let text = String(last.text.reversed().drop { $0 == " " }.reversed())
            if text.isEmpty { continue }
            rest.runs.append(Run(text: text, mood: last.mood))
            break
        }
        return rest
    }

    /// In its first colour.
    func shortened(to columns: Int) -> StyledText {
        StyledText(plain.shortened(to: columns), runs.first?.mood)
    }

    /// In its first colour.
    func wrapped(to columns: Int) -> [StyledText] {
        plain.wrapped(to: columns).map { StyledText($0, runs.first?.mood) }
    }

    /// As it goes out. The colours are ours: they come after what is foreign has lost its orders.
    func rendered(inColour: Bool) -> String {
        runs.map { run in
            let text = Terminal.harmless(run.text)
            guard inColour, let mood = run.mood else { return text }
            return "\u{1B}[\(mood.colour)m\(text)\u{1B}[0m"
        }.joined()
    }
}
