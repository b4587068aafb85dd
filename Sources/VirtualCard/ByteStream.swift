internal import Glibc

/// A connected blocking TCP socket that carries messages of a 2-byte big-endian length and a body.
///
/// It does not own the socket: ``Connection`` closes it.
struct ByteStream {
    /// What the operating system said.
    struct SystemError: Error {
        let code: Int32
    }

    /// How long a connect or a write to a stuck reader may take, in seconds.
    static let writeSeconds = 5

    let socket: Int32

    /// Wraps `socket(2)` and `connect(2)` to loopback.
    static func connect(port: UInt16) -> Result<ByteStream, SystemError> {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let socket = Glibc.socket(AF_INET, kind, 0)
        guard socket >= 0 else { return .failure(SystemError(code: errno)) }
        var limit = timeval(tv_sec: writeSeconds, tv_usec: 0)
        _ = setsockopt(
            socket, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        switchOn(TCP_NODELAY, of: socket)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            let failure = SystemError(code: errno)
            _ = close(socket)
            return .failure(failure)
        }
        return .success(ByteStream(socket: socket))
    }

    /// The next message; nil when the connection has ended.
    func readMessage() -> [UInt8]? {
        guard let head = read(2) else { return nil }
        return read(Int(head[0]) << 8 | Int(head[1]))
    }

    /// Whether all of the message was handed to the operating system.
    func write(message: [UInt8]) -> Bool {
        precondition(message.count <= 0xFFFF, "an answer has at most 65535 bytes")
        let length = UInt16(message.count)
        let bytes = [UInt8(length >> 8), UInt8(length & 0xFF)] + message
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    private func read(_ wanted: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: wanted)
        var got = 0
        while got < wanted {
            // vpcd writes length and body apart under Nagle: without an acknowledgement
            // at once each message would wait 41 ms. The kernel forgets the option, hence each
            // time.
            Self.switchOn(TCP_QUICKACK, of: socket)
            let count = bytes.withUnsafeMutableBytes {
                recv(socket, $0.baseAddress.map { $0 + got }, wanted - got, 0)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            got += count
        }
        return bytes
    }

    private static func switchOn(_ option: Int32, of socket: Int32) {
        var on: Int32 = 1
        _ = setsockopt(
            socket, Int32(IPPROTO_TCP), option, &on, socklen_t(MemoryLayout<Int32>.size))
    }
}
