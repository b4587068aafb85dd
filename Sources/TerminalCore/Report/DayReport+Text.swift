extension DayReport {
    /// What the report's words are in.
    public enum Language: Sendable, CaseIterable { case zh, en }

    /// For people: aligned columns of at most 80, also with Chinese letters, which are two wide.
    public func text(_ language: Language) -> String {
        let words = ReportWords(language)
        let head = [words.title(date, terminals), "\(from.local) – \(to.local)", ""]
        guard total.count > 0 else { return (head + [words.none]).joined(separator: "\n") }
        var lines = head + [Self.columns(words.columns)]
        for line in states where line.count > 0 {
            lines.append(Self.row(words.state(line.state), line, showsPaid: line.state == .settled))
            guard line.state == .refused else { continue }
            lines += refused.map { Self.row("  " + words.reason($0.reason), $0, showsPaid: false) }
        }
        lines += [Self.row(words.total, total, showsPaid: true), ""]
        return (lines + foot(words)).joined(separator: "\n")
    }

    private func foot(_ words: ReportWords) -> [String] {
        [
            (words.offline, words.share(offline, of: approved)), (words.first, first?.local ?? ""),
            (words.last, last?.local ?? ""),
        ].map { Self.filled($0, Self.nameWidth) + $1 }
    }

    private static let nameWidth = 26
    private static let countWidth = 9
    private static let sumWidth = 18

    private static func row(_ name: String, _ line: Line, showsPaid: Bool) -> String {
        let paid = showsPaid ? Money(fen: line.paidAmount).description : ""
        return columns([name, String(line.count), Money(fen: line.amount).description, paid])
    }

    private static func columns(_ cells: [String]) -> String {
        let widths = [countWidth, sumWidth, sumWidth]
        let numbers = zip(cells.dropFirst(), widths).filter { !$0.0.isEmpty }.map { cell, width in
            String(repeating: " ", count: max(1, width - cell.displayWidth)) + cell
        }
        return filled(cells[0], nameWidth) + numbers.joined()
    }

    private static func filled(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.displayWidth))
    }
}
