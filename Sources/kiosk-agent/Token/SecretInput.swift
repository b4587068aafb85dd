internal import Glibc
internal import OAuth

/// Secrets from standard input, one a line; at a keyboard they are asked for and not shown.
enum SecretInput {
    /// The next line; throws when there is none.
    static func line(_ what: String) throws -> Secret {
        guard let text = isatty(STDIN_FILENO) == 1 ? ask(what) : readLine(), !text.isEmpty else {
            throw CommandFailure(
                .data,
                "\(what) is missing — standard input has no such line — give it there, one a line")
        }
        return Secret(text)
    }

    private static func ask(_ what: String) -> String? {
        var shown = termios()
        tcgetattr(STDIN_FILENO, &shown)
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        defer { tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown) }
        // Only now: what is typed at the question must be neither seen nor lost.
        Terminal.toStandardError("\(what):")
        return readLine()
    }
}
