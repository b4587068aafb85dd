internal import Glibc

/// The service manager's ear: a datagram socket that takes lines of `NAME=VALUE`.
///
/// The protocol of `sd_notify(3)`, spoken without libsystemd.
public struct NotifySocket: Sendable {
    /// What the address of a Unix socket holds, in bytes, less its end mark.
    static let nameMax = 107

    /// A path, or a null byte and a name outside of the file system.
    private let address: [UInt8]

    /// The socket that `NOTIFY_SOCKET` names, a path or `@name`; nil when no manager listens.
    public init?(environment: [String: String]) {
        let name = Array((environment["NOTIFY_SOCKET"] ?? "").utf8)
        guard name.count > 1, name.count <= Self.nameMax else { return nil }
        switch name[0] {
        case UInt8(ascii: "/"): address = name
        case UInt8(ascii: "@"): address = [0] + name.dropFirst()
        default: return nil
        }
    }

    /// Sends `state`, one or more lines; false when nobody listens or the manager is behind.
    ///
    /// Never waits: a manager that hangs must not stop the program.
    public func send(_ state: String) -> Bool {
        let kind = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let socket = Glibc.socket(AF_UNIX, kind, 0)
        guard socket >= 0 else { return false }
        defer { close(socket) }
        var target = sockaddr_un()
        target.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &target.sun_path) { $0.copyBytes(from: address) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + address.count)
        let (text, flags) = (Array(state.utf8), Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
        let sent = withUnsafeMutablePointer(to: &target) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(socket, text, text.count, flags, $0, length)
            }
        }
        return sent == text.count
    }
}
