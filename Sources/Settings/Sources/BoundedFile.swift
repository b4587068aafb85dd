internal import Glibc
internal import TerminalCore

/// Reads small text files whole, and never more than a bound.
enum BoundedFile {
    /// Why a file could not be read.
    enum Failure: Error, Hashable {
        case absent
        case tooLong(bytesMax: Int)
        case notText
        /// The system's words for it.
        case system(String)
    }

    /// The text of the file at `path`; throws when it has more than `bytesMax` bytes.
    static func read(_ path: String, bytesMax: Int) throws(Failure) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(errno) }
        defer { close(descriptor) }
        let bytes = try contents(of: descriptor, bytesMax: bytesMax)
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notText }
        return text
    }

    private static func contents(
        of descriptor: Int32, bytesMax: Int
    ) throws(Failure) -> ArraySlice<UInt8> {
        var bytes = [UInt8](repeating: 0, count: bytesMax + 1)
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress! + filled, buffer.count - filled)
            }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw failure(errno) }
            if count == 0 { return bytes[..<filled] }
            filled += count
        }
        throw .tooLong(bytesMax: bytesMax)
    }

    private static func failure(_ code: Int32) -> Failure {
        code == ENOENT ? .absent : .system(String(cString: strerror(code)))
    }
}

extension BoundedFile.Failure {
    /// Continues a sentence that begins with the file's name.
    var phrase: Phrase {
        switch self {
        case .absent: Phrase(en: "does not exist", zh: "不存在")
        case .tooLong(let bytesMax):
            Phrase(
                en: "is longer than \(bytesMax / 1_024) KiB", zh: "超过 \(bytesMax / 1_024) KiB")
        case .notText: Phrase(en: "is not UTF-8 text", zh: "不是 UTF-8 文本")
        case .system(let words): Phrase(en: "cannot be read: \(words)", zh: "无法读取：\(words)")
        }
    }
}
