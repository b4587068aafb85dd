internal import Glibc
internal import Settings
internal import TerminalCore

/// What goes to the person at the keyboard.
enum Terminal {
    /// Whether standard output is a terminal.
    static var isInteractive: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Whether it shows colours: somebody sees it, it is not a dumb one, and nobody said no
    /// (https://no-color.org).
    static var hasColours: Bool {
        isInteractive && variable("NO_COLOR") == nil && variable("TERM") != "dumb"
    }

    /// How many columns it has; nil for a pipe, which gets everything in full.
    static var columns: Int? {
        guard isInteractive else { return nil }
        if let told = variable("COLUMNS").flatMap({ Int($0) }), told > 0 { return told }
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return nil
        }
        return Int(size.ws_col)
    }

    /// A variable of the environment that is not empty.
    private static func variable(_ name: String) -> String? {
        guard let value = getenv(name), value[0] != 0 else { return nil }
        return String(cString: value)
    }

    /// Prints at once, also into a pipe. What a platform says cannot steer a terminal, and a pipe
    /// ends at one, too: `| tee`, `2>&1 | less -R`, a log that somebody looks at later.
    ///
    /// A program misses nothing: JSON escapes those below a space, the others mean nothing there.
    static func say(_ text: String) {
        print(harmless(text))
        fflush(nil)
    }

    /// The same with its colours, where they are shown.
    static func say(_ text: StyledText) {
        print(text.rendered(inColour: hasColours))
        fflush(nil)
    }

    /// Without control characters other than the ends of lines and tabs.
    static func harmless(_ text: String) -> String {
        // Most texts are; to look up what each letter is takes long.
        if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return text }
        return String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter { scalar in
                    scalar == "\n" || scalar == "\t"
                        || scalar.properties.generalCategory != .control
                }))
    }

    /// Shows what `print` has kept back.
    static func flush() { fflush(nil) }

    /// One line on standard error, in one write; as harmless as what ``say(_:)`` prints.
    static func toStandardError(_ line: String) {
        let bytes = Array((harmless(line) + "\n").utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }

    /// One error on standard error, in the form `error: what — why — what to do`.
    static func complain(
        _ phrase: Phrase, in language: Settings.Terminal.Language = Speech.language
    ) {
        for line in phrase[language].split(separator: "\n") {
            toStandardError(errorHead[language] + line)
        }
    }

    /// One warning on standard error.
    static func warn(_ phrase: Phrase) { toStandardError((warningHead + phrase).text) }

    private static let warningHead = Phrase(en: "warning: ", zh: "注意：")
    private static let errorHead = Phrase(en: "error: ", zh: "错误：")
}
