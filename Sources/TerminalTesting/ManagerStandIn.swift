internal import Glibc

/// A datagram socket in the service manager's place.
public final class ManagerStandIn: Sendable {
    /// The socket could not be made.
    public struct Failure: Error {
        /// What the system said.
        public var code: Int32
    }

    /// What `NOTIFY_SOCKET` is for a program that reports here.
    public let name: String
    private let socket: Int32

    /// Binds `name`: a path, or `@` and a name outside of the file system.
    public init(_ name: String) throws {
        self.name = name
        socket = Glibc.socket(
            AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var bytes = Array(name.utf8)
        if bytes.first == UInt8(ascii: "@") { bytes[0] = 0 }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
        let descriptor = socket
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0
            }
        }
        guard isBound else { throw Failure(code: errno) }
    }

    deinit {
        close(socket)
        if name.hasPrefix("/") { unlink(name) }
    }

    /// The oldest message that was not taken yet; nil when there is none.
    public func next() -> String? {
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = recv(socket, &bytes, bytes.count, Int32(MSG_DONTWAIT))
        return count > 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : nil
    }
}
