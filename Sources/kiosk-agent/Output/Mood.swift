internal import TerminalCore

/// How something is, and the sign and the colour that say so.
enum Mood: Hashable {
    case good, waiting, bad

    /// One column wide in every terminal.
    var sign: String {
        switch self {
        case .good: "✓"
        case .waiting: "!"
        case .bad: "✗"
        }
    }

    /// The number in an order to a terminal (ECMA-48, SGR): green, yellow, red.
    var colour: Int {
        switch self {
        case .good: 32
        case .waiting: 33
        case .bad: 31
        }
    }
}

/// A word that tells how something is: on a terminal with its sign and its colour, which never
/// stand alone.
struct Mark: Hashable {
    let mood: Mood
    let word: Phrase

    init(_ mood: Mood, _ word: Phrase) { (self.mood, self.word) = (mood, word) }

    /// Filled up to `width` columns; a sign comes before them.
    func text(wide width: Int = 0) -> StyledText {
        let sign = Terminal.isInteractive ? mood.sign + " " : ""
        let fill = String(repeating: " ", count: max(0, width - word.text.displayWidth))
        return StyledText(sign + word.text, mood) + StyledText(fill)
    }
}
