internal import FoundationEssentials
internal import Glibc
internal import HTTPTypes
internal import NIOCore

/// A temporary file, mode 0600, that has lost its name at once: it is gone with this object, and
/// also when the process is killed.
final class NamelessFile: Sendable {
    private let descriptor: Int32

    init() throws(Problem) {
        let directory = FileManager.default.temporaryDirectory.path
        let name = "\(directory)/kiosk-agent-\(UUID().uuidString)"
        descriptor = open(name, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure() }
        unlink(name)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Where it can be read from the beginning, as long as this object lives.
    var path: String { "/proc/self/fd/\(descriptor)" }

    /// Writes at its end. It is never synced, so that a write hardly waits for a disk.
    func append(_ bytes: ByteBuffer) throws(Problem) {
        var rest = bytes.readableBytesView
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.failure() }
            rest = rest.dropFirst(count)
        }
    }

    private static func failure() -> Problem {
        let why = String(cString: strerror(errno))
        return Problem(
            .serviceUnavailable, "unavailable",
            "what was sent cannot be kept — the directory for temporary files: \(why) — "
                + "make room there, then send it again")
    }
}
