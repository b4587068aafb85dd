/// Why the mirror cannot be written.
struct MirrorError: Error, Hashable {
    var path: String
    /// The system's words for it.
    var text: String

    static let overflow = MirrorError(path: "", text: "it did not answer for too long")
}

extension MirrorError: CustomStringConvertible {
    /// What happened, why, and what to do.
    var description: String {
        "the mirror cannot be written — \(path.isEmpty ? text : "\(path): \(text)") — "
            + "check that its medium is there, mounted and not full"
    }
}
