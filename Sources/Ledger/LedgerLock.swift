internal import Glibc

/// The rule of one sender: an exclusive `flock` on a file beside the ledger, held until deinit.
///
/// SQLite's own exclusive locking would keep even read-only tools out.
final class LedgerLock: Sendable {
    private let descriptor: Int32

    init(path: String) throws(LedgerError) {
        descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw LedgerError(errno: errno, path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw .locked(path)
        }
    }

    deinit { close(descriptor) }

    /// Whether some process holds the lock now. Makes no file.
    static func isHeld(path: String) -> Bool {
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0
    }
}
