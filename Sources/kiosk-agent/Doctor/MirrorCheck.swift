internal import Glibc
internal import Settings
internal import TerminalCore

/// The doctor's look at `ledger.mirror`.
struct MirrorCheck {
    let settings: Settings.Ledger
    /// What the running agent says; nil when none runs.
    let agents: StatusAnswer.Mirror?

    /// Nil without a mirror.
    func run() -> Finding? {
        guard let directory = settings.mirror else { return nil }
        return Finding(
            .mirror, agents?.problem.map { Phrase(verbatim: $0) } ?? problem(directory))
    }

    private func problem(_ directory: String) -> Phrase? {
        var (mirror, ledger) = (statvfs(), statvfs())
        guard statvfs(directory, &mirror) == 0 else {
            return LedgerWords.noMirror(directory, String(cString: strerror(errno)))
        }
        guard access(directory, R_OK | W_OK | X_OK) == 0 else {
            return LedgerWords.mirrorForbidden(directory, Operator.processUser)
        }
        guard statvfs(settings.directory, &ledger) == 0, mirror.f_fsid == ledger.f_fsid else {
            return nil
        }
        return LedgerWords.sameMedium(directory)
    }
}

extension Settings.Ledger {
    /// The directory of the ledger.
    var directory: String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "." }
}
