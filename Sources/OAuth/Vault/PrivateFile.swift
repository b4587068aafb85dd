internal import Glibc

/// Small files of one user, written so that there is always a whole one.
enum PrivateFile {
    /// Makes the directory for its user alone; an existing one stays as it is.
    static func makeDirectory(_ path: String) throws(VaultError) {
        guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
        throw .cannotWrite(path, why: words())
    }

    /// Writes a new file beside the old one, and puts it in its place once it is on the medium.
    static func write(_ bytes: [UInt8], to path: String) throws(VaultError) {
        let new = path + ".\(getpid()).new"
        unlink(new)
        let descriptor = open(new, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .cannotWrite(new, why: words()) }
        let isWhole = writeAll(bytes, descriptor) && fsync(descriptor) == 0
        let why = words()
        close(descriptor)
        guard isWhole else {
            unlink(new)
            throw .cannotWrite(new, why: why)
        }
        guard rename(new, path) == 0 else {
            let why = words()
            unlink(new)
            throw .cannotWrite(path, why: why)
        }
        syncDirectory(of: path)
    }

    /// The whole file; nil when there is none.
    static func read(_ path: String, bytesMax: Int) throws(VaultError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .cannotRead(path, why: words())
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: bytesMax)
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress! + filled, buffer.count - filled)
            }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw .cannotRead(path, why: words()) }
            if count == 0 { return Array(bytes[..<filled]) }
            filled += count
        }
        throw .cannotRead(path, why: "it is too long")
    }

    private static func writeAll(_ bytes: [UInt8], _ descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// A name is on the medium only when its directory is; where that fails, the old file may come
    /// back after a power cut, which is whole as well.
    private static func syncDirectory(of path: String) {
        let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private static func words() -> String { String(cString: strerror(errno)) }
}
