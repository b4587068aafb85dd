/// What is wrong with a journal. No case holds anything of its content but the number of a line.
public enum JournalError: Error, Hashable, Sendable {
    /// The file cannot be read; the text is the system's.
    case unreadable(String)
    /// The file cannot be written; the text is the system's.
    case unwritable(String)
    case notAJournal
    /// Written by an agent with another format.
    case otherVersion(Int)
    /// The very first line does not carry the signature of this key.
    case wrongKey
    /// The line is not whole: cut off, or overwritten.
    case damaged(line: Int)
    /// The line does not follow the ones before it: it was edited, or one was removed or moved.
    case altered(line: Int)
    /// The line is rightly signed but says something that is not allowed.
    case invalid(line: Int)
    /// An export without its last line; so many lines are there.
    case unfinished(lines: Int)
    case tooMany(lines: Int)
}

extension JournalError: CustomStringConvertible {
    /// What happened, why, and what to do.
    public var description: String {
        switch self {
        case .unreadable(let text):
            "the journal cannot be read — \(text) — check the path and its rights"
        case .unwritable(let text):
            "the journal cannot be written — \(text) — give another path, or make room"
        case .notAJournal:
            "this is no journal — its first line is not the head of one — "
                + "give the file of an export, a mirror or a ledger"
        case .otherVersion(let version):
            "the journal cannot be read — it has format \(version), this program reads "
                + "\(LineText.version) — use the version that wrote it"
        case .wrongKey:
            "the journal is not signed with this key — another terminal wrote it, or its first "
                + "line was changed — give that terminal's client_secret with --key FILE"
        case .damaged(let line):
            "line \(line) of the journal is damaged — it is cut off or overwritten — "
                + "copy the file again from its medium"
        case .altered(let line):
            "line \(line) of the journal does not follow from those before it — it was edited, or "
                + "a line was removed or moved there — use an untouched copy"
        case .invalid(let line):
            "line \(line) of the journal holds a value that is not allowed — "
                + "another version wrote it — use that version"
        case .unfinished(let lines):
            "the journal is not complete — it ends after line \(lines) without its last line — "
                + "export it again, or copy all of it"
        case .tooMany(let lines):
            "the journal is too long — it has more than \(lines) lines — export fewer states"
        }
    }
}
