internal import Glibc

/// Room on the disk that nobody else can take, given back when the ledger needs it.
///
/// It lets a full disk finish what is in flight: outcomes and send marks of payments that were
/// begun, and the delivery of the backlog.
struct ReserveFile: Sendable {
    /// The log's 4 MB up to its checkpoint (SQLite's 1,000 pages), and as much again for the rows
    /// of some ten thousand deliveries.
    static let bytesMax: off_t = 8 * 1024 * 1024

    let path: String

    /// Whether there is something to give back.
    var isThere: Bool { allocated > 0 }

    /// Whether the disk has free as much as the reserve itself takes.
    var hasRoom: Bool {
        var status = statvfs()
        guard statvfs(directory, &status) == 0 else { return false }
        return UInt64(status.f_bavail) * UInt64(status.f_frsize) >= UInt64(Self.bytesMax)
    }

    /// Allocates what is missing; says why it cannot.
    func make() -> LedgerError? {
        if allocated >= Self.bytesMax { return nil }
        let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return LedgerError(errno: errno, path) }
        defer { close(descriptor) }
        let code = posix_fallocate(descriptor, 0, Self.bytesMax)
        guard code == 0 else {
            ftruncate(descriptor, 0)
            return LedgerError(errno: code, path)
        }
        return nil
    }

    /// Gives the room back.
    func release() { truncate(path, 0) }

    private var directory: String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    }

    /// Bytes that the file really takes.
    private var allocated: off_t {
        var status = stat()
        return stat(path, &status) == 0 ? min(status.st_size, status.st_blocks * 512) : 0
    }
}

extension LedgerError {
    /// What the system says about `path`: trouble of the disk, or a file that cannot be used.
    init(errno code: Int32, _ path: String) {
        let text = "\(path): \(String(cString: strerror(code)))"
        switch code {
        case ENOSPC, EDQUOT: self = .storage(code: StorageTrouble.full.code, text)
        case EROFS: self = .storage(code: StorageTrouble.readOnly.code, text)
        case EIO: self = .storage(code: StorageTrouble.failing.code, text)
        default: self = .unusable(text)
        }
    }
}
