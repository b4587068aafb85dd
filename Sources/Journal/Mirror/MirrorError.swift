internal import Glibc

/// Why the mirror cannot be written.
struct MirrorError: Error, Hashable {
    var path: String
    /// The system's words for it.
    var text: String

    static let overflow = MirrorError(path: "", text: "it did not answer for too long")

    /// Throws when a system call about `path` answered with an error.
    static func check(_ answer: Int, _ path: String) throws(MirrorError) {
        guard answer >= 0 else { throw MirrorError(answer: answer, path) }
    }
}

extension MirrorError {
    /// What the system says with the answer of a call about `path`.
    init(answer: Int, _ path: String) {
        self.init(path: path, text: String(cString: strerror(Int32(-answer))))
    }
}

extension MirrorError: CustomStringConvertible {
    /// What happened, why, and what to do.
    var description: String {
        "the mirror cannot be written — \(path.isEmpty ? text : "\(path): \(text)") — "
            + "check that its medium is there, mounted and not full"
    }
}
