internal import FoundationEssentials
internal import Glibc
internal import NIOCore
internal import TerminalCore

/// A file as it goes into the body of a request: read piece by piece, so that its size does not
/// matter.
struct FilePieces: AsyncSequence, Sendable {
    private let path: String
    /// In bytes.
    let length: Int64
    private let tell: Tell

    /// Hears how many bytes of all have been read.
    typealias Tell = @Sendable (_ done: Int64, _ total: Int64) -> Void

    /// Throws a ``CommandFailure`` when `path` is no file or cannot be read.
    init(_ path: String, tell: @escaping Tell) throws {
        guard access(path, R_OK) == 0 else {
            let why = String(cString: strerror(errno))
            throw CommandFailure(
                .data,
                Phrase(
                    en: "\(path) cannot be read — \(why) — check the path",
                    zh: "无法读取 \(path) — \(why) — 请检查路径"))
        }
        // Not `stat`: which module its members come from changes with what else is imported.
        let target = URL(filePath: path).resolvingSymlinksInPath().path
        let found = try? FileManager.default.attributesOfItem(atPath: target)
        guard found?[.type] as? FileAttributeType == .typeRegular,
            let length = found?[.size] as? Int
        else {
            throw CommandFailure(
                .data,
                Phrase(
                    en: "\(path) cannot be read — it is no file — name a file",
                    zh: "无法读取 \(path) — 它不是文件 — 请给出文件名"))
        }
        (self.path, self.length, self.tell) = (path, Int64(length), tell)
    }

    func makeAsyncIterator() -> Iterator {
        Iterator(path) { [length, tell] done in tell(done, length) }
    }

    /// Reads the pieces; closes the file when it goes.
    final class Iterator: AsyncIteratorProtocol {
        private static let pieceBytes = 64 * 1024
        private let descriptor: Int32
        private let tell: @Sendable (Int64) -> Void
        private var done: Int64 = 0

        init(_ path: String, tell: @escaping @Sendable (Int64) -> Void) {
            descriptor = open(path, O_RDONLY | O_CLOEXEC)
            self.tell = tell
        }

        deinit { if descriptor >= 0 { close(descriptor) } }

        func next() async throws -> ByteBuffer? {
            var piece = [UInt8](repeating: 0, count: Self.pieceBytes)
            let count = read(descriptor, &piece, Self.pieceBytes)
            guard count >= 0 else {
                throw CommandFailure(
                    .data,
                    Phrase(
                        en: "the file cannot be read — \(String(cString: strerror(errno))) — "
                            + "check the disk",
                        zh: "无法读取文件 — \(String(cString: strerror(errno))) — "
                            + "请检查磁盘"))
            }
            if count == 0 { return nil }
            done += Int64(count)
            tell(done)
            return ByteBuffer(bytes: piece[..<count])
        }
    }
}
