import Glibc

/// TCP ports of this machine for a server that is started later.
enum LoopbackPort {
    /// Below the ports that the kernel gives to connections (32768 and above): between the choice
    /// and the server's start, one of a thousand connections would take it.
    private static let range: ClosedRange<UInt16> = 20_000...32_000

    /// The first of `count` neighbours that are free now; bound by nobody until somebody binds
    /// them.
    static func free(_ count: UInt16 = 1) -> UInt16 {
        while true {
            let first = UInt16.random(in: range)
            if (first..<first + count).allSatisfy(isFree) { return first }
        }
    }

    private static func isFree(_ port: UInt16) -> Bool {
        let descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0
            }
        }
    }
}
