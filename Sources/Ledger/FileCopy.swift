internal import Glibc

/// Reads and copies whole files, naming the one that cannot be.
enum FileCopy {
    private static let chunkBytes = 1 << 20

    /// Copies `source` over `target`, which only its owner may then read.
    static func copy(_ source: String, to target: String) throws(LedgerError) {
        let input = try open(source, O_RDONLY)
        defer { close(input) }
        let output = try open(target, O_CREAT | O_WRONLY | O_TRUNC)
        defer { close(output) }
        var chunk = [UInt8](repeating: 0, count: chunkBytes)
        while true {
            let count = read(input, &chunk, chunkBytes)
            guard count >= 0 else { throw failure(source) }
            if count == 0 { return }
            try write(chunk[..<count], to: output, target)
        }
    }

    /// The first bytes of a file, fewer when it is shorter.
    static func head(of path: String, count: Int) throws(LedgerError) -> [UInt8] {
        let input = try open(path, O_RDONLY)
        defer { close(input) }
        var bytes = [UInt8](repeating: 0, count: count)
        let found = read(input, &bytes, count)
        guard found >= 0 else { throw failure(path) }
        return Array(bytes[..<found])
    }

    private static func write(
        _ bytes: ArraySlice<UInt8>, to output: Int32, _ target: String
    ) throws(LedgerError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(output, $0.baseAddress, $0.count) }
            guard count > 0 else { throw failure(target) }
            rest = rest.dropFirst(count)
        }
    }

    private static func open(_ path: String, _ flags: Int32) throws(LedgerError) -> Int32 {
        let descriptor = Glibc.open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        return descriptor
    }

    private static func failure(_ path: String) -> LedgerError {
        .unusable("\(path): \(String(cString: strerror(errno)))")
    }
}
