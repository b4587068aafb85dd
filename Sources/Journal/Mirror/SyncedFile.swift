internal import Glibc

/// A file that is written at its end and synced on demand; wraps `open`, `write`, `fdatasync`.
final class SyncedFile {
    let path: String
    private let descriptor: Int32
    private(set) var size = 0

    /// Makes the file, mode 0600; throws when it is there already.
    init(new path: String) throws(MirrorError) {
        self.path = path
        descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        if descriptor < 0 { throw Self.failure(path) }
    }

    deinit { close(descriptor) }

    func append(_ bytes: [UInt8]) throws(MirrorError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.failure(path) }
            rest = rest.dropFirst(count)
        }
        size += bytes.count
    }

    func sync() throws(MirrorError) {
        guard fdatasync(descriptor) == 0 else { throw Self.failure(path) }
    }

    /// Gives the synced file its name for good, and syncs the directory that holds it.
    static func rename(_ old: String, to new: String, in directory: String) throws(MirrorError) {
        guard Glibc.rename(old, new) == 0 else { throw failure(new) }
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(directory) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(directory) }
    }

    /// The names in a directory, in order.
    static func names(in directory: String) throws(MirrorError) -> [String] {
        guard let handle = opendir(directory) else { throw failure(directory) }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            names.append(
                withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                })
        }
        return names.sorted()
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func remove(_ path: String) { unlink(path) }

    private static func failure(_ path: String) -> MirrorError {
        MirrorError(path: path, text: String(cString: strerror(errno)))
    }
}
