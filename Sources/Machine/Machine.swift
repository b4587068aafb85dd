internal import FoundationEssentials
internal import Glibc

/// What the kernel tells of a machine, in `/proc` and `/sys` below a root directory.
///
/// Nothing is changed, and what cannot be read is as if it were not there: many of these files are
/// for root alone.
public struct Machine: Sendable {
    private let root: String

    /// The longest file that is read, in bytes; a long map of a process has some hundred kilobytes.
    private static let bytesMax = 4 * 1_024 * 1_024
    private static let pieceBytes = 64 * 1_024

    /// `root` is `/` for this machine; a test puts files of its own elsewhere.
    public init(root: String = "/") {
        self.root = root.hasSuffix("/") ? String(root.dropLast()) : root
    }

    /// The file at `path`; nil when it cannot be read.
    func text(_ path: String) -> String? {
        let descriptor = open(root + path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: Self.pieceBytes)
        // The kernel gives no length beforehand.
        while bytes.count < Self.bytesMax {
            let count = read(descriptor, &piece, Self.pieceBytes)
            guard count >= 0 else { return nil }
            if count == 0 { break }
            bytes += piece[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The one word or line in the file at `path`; nil when there is none.
    func line(_ path: String) -> String? {
        guard let line = text(path)?.split(whereSeparator: \.isNewline).first else { return nil }
        let word = line.drop { $0 == " " }
        return word.isEmpty ? nil : String(word)
    }

    /// What is in the directory at `path`, in order; nothing when it cannot be read.
    func names(in path: String) -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: root + path)
        return (names ?? []).sorted()
    }

    /// The last part of where the link at `path` leads to.
    func target(of path: String) -> String? {
        let target = try? FileManager.default.destinationOfSymbolicLink(atPath: root + path)
        return target?.split(separator: "/").last.map(String.init)
    }
}
