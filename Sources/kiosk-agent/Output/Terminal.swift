internal import Glibc

/// What goes to the person at the keyboard.
enum Terminal {
    /// Whether standard output is a terminal.
    static var isInteractive: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Prints at once, also into a pipe. What a platform says cannot steer a terminal, and a pipe
    /// ends at one, too: `| tee`, `2>&1 | less -R`, a log that somebody looks at later.
    ///
    /// A program misses nothing: JSON escapes those below a space, the others mean nothing there.
    static func say(_ text: String) {
        print(harmless(text))
        fflush(nil)
    }

    /// Without control characters other than the ends of lines and tabs.
    static func harmless(_ text: String) -> String {
        String(
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
    static func complain(_ text: String) {
        for line in text.split(separator: "\n") {
            toStandardError(line.hasPrefix("error:") ? String(line) : "error: \(line)")
        }
    }
}
