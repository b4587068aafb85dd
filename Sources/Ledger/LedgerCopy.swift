internal import Glibc

/// A private copy of a ledger and its `-wal`, taken without touching the original, which may be in
/// use by a running agent or lie on a read-only medium.
///
/// No lock is taken. The `-wal` is copied after the main file, and its head is compared before and
/// after both. While the head is the same, the `-wal` was not begun anew, so it holds every page
/// that a checkpoint may have moved into the main file meanwhile; those pages overlay what was torn
/// in the copy, and frames behind the last whole commit fail their checksums and are left out. What
/// opens is thus one committed state of the ledger. If the head has changed, the copy is made
/// again.
public final class LedgerCopy: Sendable {
    /// What reads the copy; it ends with this object.
    public let reader: LedgerReader
    let directory: PrivateDirectory

    /// Where the copy lies as long as this object lives.
    public var path: String { directory.path + "/ledger.sqlite" }

    /// How often the copy is tried while an agent writes.
    static let attemptsMax = 10

    /// Copies the ledger at `path`.
    ///
    /// Payments may stand in the `-wal` only, so a file without it is refused with
    /// ``LedgerError/walMissing(_:)`` unless `acceptsMissingWAL` says that it was closed cleanly.
    public init(of path: String, acceptsMissingWAL: Bool) throws(LedgerError) {
        directory = try PrivateDirectory()
        let copy = directory.path + "/ledger.sqlite"
        try Self.copy(path, to: copy, acceptsMissingWAL: acceptsMissingWAL)
        reader = try LedgerReader(path: copy, copyOf: path)
    }

    deinit { reader.close() }

    private static func copy(
        _ path: String, to copy: String, acceptsMissingWAL: Bool
    ) throws(LedgerError) {
        for _ in 0..<attemptsMax {
            let head = try headOfWAL(path)
            let isThere = access(path, F_OK) == 0
            if isThere, head == nil, !acceptsMissingWAL { throw .walMissing(path) }
            unlink(copy + "-wal")
            try FileCopy.copy(path, to: copy)
            if head != nil { try FileCopy.copy(path + "-wal", to: copy + "-wal") }
            if try headOfWAL(path) == head { return }
        }
        throw .beingWritten(path)
    }

    /// The 32 bytes that change whenever the `-wal` is begun anew: its salts and its checksum.
    /// Nil when there is none.
    private static func headOfWAL(_ path: String) throws(LedgerError) -> [UInt8]? {
        guard access(path + "-wal", F_OK) == 0 else { return nil }
        return try FileCopy.head(of: path + "-wal", count: 32)
    }
}
