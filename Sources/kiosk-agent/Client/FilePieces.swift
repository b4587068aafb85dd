internal import FoundationEssentials
internal import Glibc
internal import NIOCore

/// A file as it goes into the body of a request: read piece by piece, so that its size does not
/// matter.
struct FilePieces: AsyncSequence, Sendable {
    private let path: String
    /// In bytes.
    let length: Int64

    /// Throws a ``CommandFailure`` when `path` is no file or cannot be read.
    init(_ path: String) throws {
        guard access(path, R_OK) == 0 else {
            let why = String(cString: strerror(errno))
            throw CommandFailure(.data, "\(path) cannot be read — \(why) — check the path")
        }
        // Not `stat`: which module its members come from changes with what else is imported.
        let target = URL(filePath: path).resolvingSymlinksInPath().path
        let found = try? FileManager.default.attributesOfItem(atPath: target)
        guard found?[.type] as? FileAttributeType == .typeRegular,
            let length = found?[.size] as? Int
        else {
            throw CommandFailure(.data, "\(path) cannot be read — it is no file — name a file")
        }
        (self.path, self.length) = (path, Int64(length))
    }

    func makeAsyncIterator() -> Iterator { Iterator(path) }

    /// Reads the pieces; closes the file when it goes.
    final class Iterator: AsyncIteratorProtocol {
        private static let pieceBytes = 64 * 1024
        private let descriptor: Int32

        init(_ path: String) { descriptor = open(path, O_RDONLY | O_CLOEXEC) }

        deinit { if descriptor >= 0 { close(descriptor) } }

        func next() async throws -> ByteBuffer? {
            var piece = [UInt8](repeating: 0, count: Self.pieceBytes)
            let count = read(descriptor, &piece, Self.pieceBytes)
            guard count >= 0 else {
                throw CommandFailure(
                    .data,
                    "the file cannot be read — \(String(cString: strerror(errno))) — "
                        + "check the disk")
            }
            return count == 0 ? nil : ByteBuffer(bytes: piece[..<count])
        }
    }
}
