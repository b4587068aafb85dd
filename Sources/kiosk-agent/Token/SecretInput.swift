internal import Glibc
internal import OAuth
internal import TerminalCore

/// Secrets from standard input, one a line; at a keyboard they are asked for and not shown.
enum SecretInput {
    /// The next line; throws when there is none.
    static func line(_ what: Phrase) throws -> Secret {
        guard let text = isatty(STDIN_FILENO) == 1 ? ask(what) : readLine(), !text.isEmpty else {
            throw CommandFailure(
                .data,
                Phrase(
                    en: "\(what.en) is missing — standard input has no such line — "
                        + "give it there, one a line",
                    zh: "缺少\(what.zh) — 标准输入中没有这一行 — 请在其中给出，每行一个"))
        }
        return Secret(text)
    }

    private static func ask(_ what: Phrase) -> String? {
        var shown = termios()
        tcgetattr(STDIN_FILENO, &shown)
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        defer { tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown) }
        // Only now: what is typed at the question must be neither seen nor lost.
        Terminal.toStandardError("\(what.text):")
        return readLine()
    }
}

/// What is asked for on standard input.
enum SecretWords {
    static let password = Phrase(en: "the password", zh: "密码")
    static let refreshToken = Phrase(en: "the refresh token", zh: "刷新令牌")
    static let token = Phrase(en: "the token", zh: "令牌")
    static let code = Phrase(en: "the code", zh: "验证码")
}
