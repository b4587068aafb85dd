internal import TerminalCore

/// Why a command ends without success: what happened, why, what to do, and the exit code.
struct CommandFailure: Error {
    /// The contract's exit codes, sysexits.h where they fit.
    enum Code: Int32 {
        /// The answer is no: refused, or a problem was found.
        case no = 1
        case usage = 64
        case data = 65
        case unreachable = 69
        case cannotWrite = 73
        case tryLater = 75
        case configuration = 78
    }

    var code: Code
    /// Nil when everything was said already.
    var phrase: Phrase?

    init(_ code: Code, _ phrase: Phrase? = nil) {
        self.code = code
        self.phrase = phrase
    }

    /// What a program or a log is told; empty when everything was said already.
    var text: String { phrase?.en ?? "" }
}
