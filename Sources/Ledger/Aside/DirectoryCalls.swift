internal import Glibc

/// What setting a ledger aside does to its directory, so that a test can cut it before each call.
protocol DirectoryCalls: Sendable {
    /// Makes a file of its own, mode 0600, with these bytes, and syncs them; its name is synced by
    /// ``syncDirectory(of:)``.
    func write(_ bytes: [UInt8], to path: String) throws(LedgerError)
    func rename(_ old: String, _ new: String) throws(LedgerError)
    func unlink(_ path: String) throws(LedgerError)
    /// Has the names in the directory of `path` survive a loss of power as they are now.
    func syncDirectory(of path: String) throws(LedgerError)
}

/// The calls themselves.
struct SystemDirectoryCalls: DirectoryCalls {
    func write(_ bytes: [UInt8], to path: String) throws(LedgerError) {
        let file = Glibc.open(path, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw LedgerError(errno: errno, path) }
        defer { close(file) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            guard count > 0 else { throw LedgerError(errno: errno, path) }
            rest = rest.dropFirst(count)
        }
        guard fsync(file) == 0 else { throw LedgerError(errno: errno, path) }
    }

    func rename(_ old: String, _ new: String) throws(LedgerError) {
        guard Glibc.rename(old, new) == 0 else { throw LedgerError(errno: errno, old) }
    }

    func unlink(_ path: String) throws(LedgerError) {
        guard Glibc.unlink(path) == 0 else { throw LedgerError(errno: errno, path) }
    }

    func syncDirectory(of path: String) throws(LedgerError) {
        let directory = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let descriptor = Glibc.open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw LedgerError(errno: errno, directory) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw LedgerError(errno: errno, directory) }
    }
}
