/// A file that has its name only once it is whole and on the disk; mode 0600.
public final class JournalFile {
    private let path: String
    private let file: SyncedFile
    /// How many bytes were appended.
    public private(set) var length = 0

    private static let unfinished = ".part"

    /// Throws when there is a file of this name already: it may be the only copy of something.
    public init(_ path: String) throws(JournalError) {
        self.path = path
        guard !SyncedFile.exists(path) else { throw .unwritable("\(path): it exists already") }
        SyncedFile.remove(path + Self.unfinished)
        do {
            file = try SyncedFile(new: path + Self.unfinished)
        } catch {
            throw JournalError(error)
        }
    }

    deinit { SyncedFile.remove(path + Self.unfinished) }

    public func append(_ bytes: [UInt8]) throws(JournalError) {
        do { try file.append(bytes) } catch { throw JournalError(error) }
        length += bytes.count
    }

    /// Syncs the file and gives it its name.
    public func finish() throws(JournalError) {
        let directory = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        do {
            try file.sync()
            try SyncedFile.rename(path + Self.unfinished, to: path)
            try SyncedFile.sync(directory: directory)
        } catch {
            throw JournalError(error)
        }
    }
}

extension JournalError {
    init(_ error: MirrorError) { self = .unwritable("\(error.path): \(error.text)") }
}
