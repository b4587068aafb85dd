internal import Glibc

/// A file that is written at its end and synced on demand; wraps `open`, `write`, `fdatasync`.
final class SyncedFile {
    let path: String
    private let calls: any FileCalls
    private let descriptor: Int32
    private(set) var size = 0

    /// Makes the file, mode 0600; throws when it is there already.
    init(new path: String, _ calls: any FileCalls = SystemCalls()) throws(MirrorError) {
        let file = calls.open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC)
        try MirrorError.check(file, path)
        (self.path, self.calls, descriptor) = (path, calls, Int32(file))
    }

    deinit { close(descriptor) }

    func append(_ bytes: [UInt8]) throws(MirrorError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { calls.write(descriptor, $0) }
            if count == -Int(EINTR) { continue }
            guard count > 0 else { throw MirrorError(answer: count, path) }
            rest = rest.dropFirst(count)
        }
        size += bytes.count
    }

    func sync() throws(MirrorError) { try MirrorError.check(calls.syncData(descriptor), path) }

    /// Gives a synced file its name; for good once the directory is synced.
    static func rename(
        _ old: String, to new: String, _ calls: any FileCalls = SystemCalls()
    ) throws(MirrorError) {
        try MirrorError.check(calls.rename(old, new), new)
    }

    static func sync(
        directory: String, _ calls: any FileCalls = SystemCalls()
    ) throws(MirrorError) {
        let descriptor = try open(directory: directory, calls)
        defer { close(descriptor) }
        try MirrorError.check(calls.syncDirectory(descriptor), directory)
    }

    /// The names in a directory, in order.
    static func names(
        in directory: String, _ calls: any FileCalls = SystemCalls()
    ) throws(MirrorError) -> [String] {
        let descriptor = try open(directory: directory, calls)
        guard let handle = fdopendir(descriptor) else {
            defer { close(descriptor) }
            throw MirrorError(answer: -Int(errno), directory)
        }
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

    /// Removes the file if that is possible.
    static func remove(_ path: String, _ calls: any FileCalls = SystemCalls()) {
        _ = calls.unlink(path)
    }

    private static func open(
        directory: String, _ calls: any FileCalls
    ) throws(MirrorError) -> Int32 {
        let descriptor = calls.open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        try MirrorError.check(descriptor, directory)
        return Int32(descriptor)
    }
}
