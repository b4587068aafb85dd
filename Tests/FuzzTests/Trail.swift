import Foundation
import Glibc

/// Keeps the number of the input that is at work in a file, which a crash or a hang leaves behind.
final class Trail {
    let path: String
    private let descriptor: Int32

    init(_ name: String) throws {
        let file = "kiosk-agent-fuzz-" + name.replacing(" ", with: "-")
        path = FileManager.default.temporaryDirectory.appending(path: file).path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    deinit {
        close(descriptor)
        unlink(path)
    }

    /// Call with growing numbers: a longer one overwrites a shorter one.
    func note(_ number: UInt64) {
        let text = Array("\(number)\n".utf8)
        _ = pwrite(descriptor, text, text.count, 0)
    }
}
