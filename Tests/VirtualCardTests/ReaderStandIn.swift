import Foundation
import Glibc

/// A stand-in for `vpcd`: listens, takes one card at a time and speaks the reader's side.
///
/// Its blocking calls run on threads of their own and give up after ``secondsMax``.
final class ReaderStandIn: Sendable {
    static let secondsMax = 10

    let port: UInt16
    private let listener: Int32

    init() throws {
        (listener, port) = try Self.listening()
    }

    deinit { _ = close(listener) }

    /// A socket that listens on a free loopback port.
    static func listening() throws -> (socket: Int32, port: UInt16) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        limit(listener)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) == 0 && listen(listener, 4) == 0
                    && getsockname(listener, $0, &size) == 0
            }
        }
        guard result else {
            _ = close(listener)
            throw StandInError(code: errno)
        }
        return (listener, UInt16(bigEndian: address.sin_port))
    }

    /// Waits for a card to be inserted.
    func accepted() async throws -> Slot {
        let listener = listener
        let socket = await blocking { accept(listener, nil, nil) }
        guard socket >= 0 else { throw StandInError(code: errno) }
        Self.limit(socket)
        return Slot(socket: socket)
    }

    private static func limit(_ socket: Int32) {
        var time = timeval(tv_sec: secondsMax, tv_usec: 0)
        _ = setsockopt(
            socket, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    }
}

struct StandInError: Error {
    let code: Int32
}

/// The reader's end of the connection to one card.
final class Slot: Sendable {
    private let socket: Int32

    init(socket: Int32) { self.socket = socket }

    deinit { _ = close(socket) }

    /// Sends a message as vpcd does: length and body apart.
    func send(_ message: [UInt8]) {
        write([UInt8(message.count >> 8), UInt8(message.count & 0xFF)])
        write(message)
    }

    /// The card's next message; nil when it has hung up.
    func receive() async -> [UInt8]? {
        await blocking { [self] in
            guard let head = read(2) else { return nil }
            return read(Int(head[0]) << 8 | Int(head[1]))
        }
    }

    func ask(_ message: [UInt8]) async -> [UInt8]? {
        send(message)
        return await receive()
    }

    /// Ends the connection as a reader that goes away.
    func hangUp() { _ = shutdown(socket, Int32(SHUT_RDWR)) }

    private func write(_ bytes: [UInt8]) {
        _ = bytes.withUnsafeBytes {
            Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
    }

    private func read(_ wanted: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        while bytes.count < wanted {
            var part = [UInt8](repeating: 0, count: wanted - bytes.count)
            let count = part.withUnsafeMutableBytes { recv(socket, $0.baseAddress, $0.count, 0) }
            guard count > 0 else { return nil }
            bytes += part[..<count]
        }
        return bytes
    }
}

/// Runs a blocking call away from Swift's shared pool.
private func blocking<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
        Thread.detachNewThread { continuation.resume(returning: body()) }
    }
}
