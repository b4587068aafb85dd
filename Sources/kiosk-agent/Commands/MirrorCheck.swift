internal import Glibc
internal import Settings

/// The doctor's look at `ledger.mirror`.
struct MirrorCheck {
    let settings: Settings.Ledger
    /// What the running agent says; nil when none runs.
    let agents: StatusAnswer.Mirror?

    /// Nil without a mirror.
    func run() -> Finding? {
        guard let directory = settings.mirror else { return nil }
        return Finding("mirror", agents?.problem ?? problem(directory))
    }

    private func problem(_ directory: String) -> String? {
        var (mirror, ledger) = (statvfs(), statvfs())
        guard statvfs(directory, &mirror) == 0 else {
            return "\(directory) cannot be looked at — \(String(cString: strerror(errno))) — "
                + "plug its medium in and mount it there"
        }
        guard access(directory, R_OK | W_OK | X_OK) == 0 else {
            return "\(directory) is not writable for this user — accepted payments would have no "
                + "second copy — run doctor as the agent's user, or change its owner"
        }
        guard statvfs(settings.directory, &ledger) == 0, mirror.f_fsid == ledger.f_fsid else {
            return nil
        }
        return "\(directory) is on the ledger's own medium — both would be lost together — "
            + "mount another medium there: findmnt --target \(directory)"
    }
}

extension Settings.Ledger {
    /// The directory of the ledger.
    var directory: String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "." }
}
