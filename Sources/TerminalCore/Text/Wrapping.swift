extension String {
    /// The text in lines of at most `width` columns, 2 or more; none for a text without letters.
    ///
    /// It is broken at spaces, beside wide letters, and inside a word only when the word is longer
    /// than a line.
    func wrapped(_ width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for piece in Cutter.pieces(of: self, width) {
            let joint = piece.followsSpace && !line.isEmpty ? " " : ""
            let longer = line + joint + piece.text
            if longer.displayWidth <= width {
                line = longer
            } else {
                lines.append(line)
                line = piece.text
            }
        }
        return line.isEmpty ? lines : lines + [line]
    }

    /// Without what steers a printer or turns the order of letters: only what shows.
    var printable: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.filter { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse,
                        .surrogate, .unassigned:
                        false
                    default: true
                    }
                }))
    }
}

/// Cuts a text into what stays together in one line.
private struct Cutter {
    struct Piece {
        var text: String
        var followsSpace: Bool
    }

    private let width: Int
    private var pieces: [Piece] = []
    private var word = ""
    private var columns = 0
    private var followsSpace = false

    private init(width: Int) { self.width = width }

    static func pieces(of text: String, _ width: Int) -> [Piece] {
        var cutter = Cutter(width: width)
        for letter in text { cutter.take(letter) }
        cutter.endWord()
        return cutter.pieces
    }

    private mutating func take(_ letter: Character) {
        let letterColumns = String(letter).displayWidth
        if letter.isWhitespace {
            endWord()
            followsSpace = true
        } else if letterColumns > 1 {
            endWord()
            add(String(letter))
        } else {
            if columns + letterColumns > width { endWord() }
            word.append(letter)
            columns += letterColumns
        }
    }

    private mutating func endWord() {
        guard !word.isEmpty else { return }
        add(word)
        (word, columns) = ("", 0)
    }

    private mutating func add(_ text: String) {
        pieces.append(Piece(text: text, followsSpace: followsSpace))
        followsSpace = false
    }
}
