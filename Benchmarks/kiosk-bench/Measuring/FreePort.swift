internal import Glibc

/// TCP ports that nobody listens on. They are free when asked for, not reserved.
enum FreePort {
    /// How many numbers are tried.
    private static let triesMax = 200

    /// The first of `count` ports in a row; below the range that the kernel gives to clients.
    static func find(inARow count: UInt16 = 1) throws -> UInt16 {
        for _ in 0..<triesMax {
            let port = UInt16.random(in: 20_000...29_000)
            if (port..<port + count).allSatisfy(isFree) { return port }
        }
        throw BenchFailure("no free port from 20000 to 29000 — end some program")
    }

    /// Whether the port can be bound, on all addresses as vpcd does.
    private static func isFree(_ port: UInt16) -> Bool {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        return SocketAddress.withIPv4(port: port, loopback: false) {
            bind(socket, $0, $1) == 0
        }
    }
}

/// Builds the C form of an address.
enum SocketAddress {
    static func withIPv4<Result>(
        port: UInt16, loopback: Bool,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = loopback ? UInt32(0x7F00_0001).bigEndian : 0
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }
}
