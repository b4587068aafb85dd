internal import Glibc
internal import Settings
internal import TerminalCore

/// The doctor's look at the room on the ledger's disk.
struct DiskCheck {
    let ledger: Settings.Ledger

    /// Below this many free bytes the ledger is in danger.
    private static let freeMin: UInt64 = 64 * 1024 * 1024

    func run() -> Finding { Finding(.disk, problem) }

    private var problem: Phrase? {
        var status = statvfs()
        guard statvfs(ledger.directory, &status) == 0 else {
            return LedgerWords.noDirectory(ledger.directory, String(cString: strerror(errno)))
        }
        let free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
        return free < Self.freeMin
            ? LedgerWords.nearlyFull(free / 1_048_576, ledger.directory) : nil
    }
}
