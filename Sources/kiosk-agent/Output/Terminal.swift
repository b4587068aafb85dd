internal import Glibc

/// What goes to the person at the keyboard.
enum Terminal {
    /// Whether standard output is a terminal.
    static var isInteractive: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Prints at once, also into a pipe.
    static func say(_ text: String) {
        print(text)
        fflush(nil)
    }

    /// Shows what `print` has kept back.
    static func flush() { fflush(nil) }

    /// One line on standard error, in one write.
    static func toStandardError(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }

    /// One error on standard error, in the form `error: what — why — what to do`.
    static func complain(_ text: String) {
        for line in text.split(separator: "\n") {
            toStandardError(line.hasPrefix("error:") ? String(line) : "error: \(line)")
        }
    }
}
