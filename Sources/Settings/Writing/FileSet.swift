internal import Glibc

/// Small files that belong together, put in place so that each is always whole.
///
/// All are written beside their places and synced first, so that a full disk changes nothing; then
/// they take their places in their order. A power cut in between leaves the later ones as they
/// were: the one that counts comes last.
public struct FileSet: Sendable {
    /// One file with everything that is known of it.
    public struct File: Sendable {
        public var path: String
        public var bytes: [UInt8]
        /// Its permissions, as `0o600`.
        public var mode: UInt32
        /// The group that it belongs to; nil leaves that to the system.
        public var group: UInt32?

        public init(path: String, bytes: [UInt8], mode: UInt32, group: UInt32? = nil) {
            (self.path, self.bytes, self.mode, self.group) = (path, bytes, mode, group)
        }
    }

    private let files: [File]
    private let obsolete: [String]

    /// `obsolete` files are removed at the end, if they are there.
    public init(_ files: [File], obsolete: [String] = []) {
        (self.files, self.obsolete) = (files, obsolete)
    }

    /// Puts all of them in place; throws the first thing that the system refuses.
    public func write() throws(FileSetError) { try write(SystemFileCalls()) }

    func write(_ calls: any FileSetCalls) throws(FileSetError) {
        do throws(FileSetError) {
            for file in files { try stage(file, calls) }
        } catch {
            for file in files { _ = calls.unlink(Self.staged(file.path)) }
            throw error
        }
        for (index, file) in files.enumerated() {
            do throws(FileSetError) {
                let answer = calls.rename(Self.staged(file.path), file.path)
                try FileSetError.check(answer, file.path)
                // A name is on the medium only when its directory is.
                try FileSetError.check(
                    calls.syncDirectory(Self.directory(of: file.path)), file.path)
            } catch {
                for left in files[index...] { _ = calls.unlink(Self.staged(left.path)) }
                throw error
            }
        }
        for path in obsolete { _ = calls.unlink(path) }
    }

    private func stage(_ file: File, _ calls: any FileSetCalls) throws(FileSetError) {
        let path = Self.staged(file.path)
        _ = calls.unlink(path)
        let answer = calls.create(path, mode: file.mode)
        try FileSetError.check(answer, path)
        let descriptor = Int32(answer)
        defer { _ = calls.close(descriptor) }
        if let group = file.group { try FileSetError.check(calls.own(descriptor, group), path) }
        var rest = file.bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { calls.write(descriptor, $0) }
            if count == -Int(EINTR) { continue }
            guard count > 0 else { throw FileSetError(path, count == 0 ? -Int(EIO) : count) }
            rest = rest.dropFirst(count)
        }
        try FileSetError.check(calls.sync(descriptor), path)
    }

    /// Where a file is written before it takes its place.
    static func staged(_ path: String) -> String { path + ".new" }

    private static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}

/// Why a file is not in its place.
public struct FileSetError: Error, Hashable, CustomStringConvertible {
    let path: String
    /// The system's number for it.
    let code: Int32

    init(_ path: String, _ answer: Int) { (self.path, code) = (path, Int32(-answer)) }

    static func check(_ answer: Int, _ path: String) throws(FileSetError) {
        if answer < 0 { throw FileSetError(path, answer) }
    }

    /// What happened, why, and what to do.
    public var description: String {
        "\(path) cannot be written — \(String(cString: strerror(code))) — check its directory, its "
            + "owner and the space on its disk"
    }
}

/// What ``FileSet`` asks of the system, so that a test can fail each call.
///
/// Answers are those of the kernel: a negative one is the number of an error.
protocol FileSetCalls {
    /// Makes a file that is not there, with these permissions: a descriptor.
    func create(_ path: String, mode: UInt32) -> Int
    func own(_ file: Int32, _ group: UInt32) -> Int
    /// How many bytes were taken; fewer than all is no error.
    func write(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int
    func sync(_ file: Int32) -> Int
    func close(_ file: Int32) -> Int
    func rename(_ old: String, _ new: String) -> Int
    func syncDirectory(_ path: String) -> Int
    func unlink(_ path: String) -> Int
}

/// The calls themselves.
struct SystemFileCalls: FileSetCalls {
    func create(_ path: String, mode: UInt32) -> Int {
        let flags = O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC
        // Nobody else may look while it is made; then whatever the umask is.
        let file = open(path, flags, 0o600)
        guard file >= 0 else { return -Int(errno) }
        guard fchmod(file, mode_t(mode)) == 0 else {
            let code = errno
            _ = Glibc.close(file)
            return -Int(code)
        }
        return Int(file)
    }

    func own(_ file: Int32, _ group: UInt32) -> Int {
        answer(fchown(file, uid_t.max, gid_t(group)))
    }

    func write(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        answer(Glibc.write(file, bytes.baseAddress, bytes.count))
    }

    func sync(_ file: Int32) -> Int { answer(fsync(file)) }
    func close(_ file: Int32) -> Int { answer(Glibc.close(file)) }
    func rename(_ old: String, _ new: String) -> Int { answer(Glibc.rename(old, new)) }

    func syncDirectory(_ path: String) -> Int {
        let directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { return -Int(errno) }
        defer { _ = Glibc.close(directory) }
        return answer(fsync(directory))
    }

    func unlink(_ path: String) -> Int { answer(Glibc.unlink(path)) }

    private func answer(_ result: some SignedInteger) -> Int {
        result < 0 ? -Int(errno) : Int(result)
    }
}
