internal import Glibc

/// What the mirror asks of the system, so that a test can fail each call.
///
/// Answers are those of the kernel: a negative one is the number of an error.
protocol FileCalls: Sendable {
    /// `open` with mode 0600: a descriptor.
    func open(_ path: String, _ flags: Int32) -> Int
    /// `write`: how many bytes were taken; fewer than all is no error.
    func write(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int
    /// `fdatasync`.
    func syncData(_ file: Int32) -> Int
    /// `fsync`, for a directory.
    func syncDirectory(_ directory: Int32) -> Int
    func rename(_ old: String, _ new: String) -> Int
    func unlink(_ path: String) -> Int
}

/// The calls themselves.
struct SystemCalls: FileCalls {
    func open(_ path: String, _ flags: Int32) -> Int { answer(Glibc.open(path, flags, 0o600)) }

    func write(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        answer(Glibc.write(file, bytes.baseAddress, bytes.count))
    }

    func syncData(_ file: Int32) -> Int { answer(fdatasync(file)) }
    func syncDirectory(_ directory: Int32) -> Int { answer(fsync(directory)) }
    func rename(_ old: String, _ new: String) -> Int { answer(Glibc.rename(old, new)) }
    func unlink(_ path: String) -> Int { answer(Glibc.unlink(path)) }

    private func answer(_ result: some SignedInteger) -> Int {
        result < 0 ? -Int(errno) : Int(result)
    }
}
