internal import TerminalCore

/// Texts in so many columns of a terminal.
extension String {
    /// The beginning and an ellipsis, where it takes more than so many columns.
    func shortened(to columns: Int) -> String {
        guard displayWidth > columns else { return self }
        var (text, left) = ("", columns - 1)
        for letter in self {
            left -= String(letter).displayWidth
            if left < 0 { break }
            text.append(letter)
        }
        return text + "…"
    }

    /// Lines of at most so many columns, broken behind spaces, or anywhere in what has none.
    func wrapped(to columns: Int) -> [String] {
        var (lines, line) = ([String](), "")
        for letter in self {
            line.append(letter)
            guard line.displayWidth > columns else { continue }
            let space = letter == " " ? line.indices.last : line.dropLast().lastIndex(of: " ")
            let end = space.map { line.index(after: $0) } ?? line.index(before: line.endIndex)
            lines.append(String(line[..<end]))
            line = String(line[end...])
        }
        return lines + [line]
    }
}
