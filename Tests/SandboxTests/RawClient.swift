import Foundation
import Glibc

/// What came back on a connection, and how the connection ended.
struct RawAnswer: Sendable {
    enum Ending: Hashable, Sendable {
        /// The answer is as long as it promised.
        case complete
        /// The server closed the connection (FIN).
        case closed
        /// The server reset it (RST).
        case reset
        /// Nothing more came in time.
        case silent
        /// As many bytes as were asked for have come.
        case enough
    }

    let bytes: [UInt8]
    let ending: Ending

    /// The lines of the head, once all of it is there; a line's end is one Swift character.
    private var headLines: [Substring] {
        guard let end = headEnd else { return [] }
        return String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
    }

    /// The status code; nil when there is no answer.
    var status: Int? {
        headLines.first.flatMap { $0.hasPrefix("HTTP/1.1 ") ? Int($0.dropFirst(9).prefix(3)) : nil }
    }

    /// The header's value by its lower-case name.
    func header(_ name: String) -> String? {
        for line in headLines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2, parts[0].lowercased() == name {
                return String(parts[1].drop { $0 == " " })
            }
        }
        return nil
    }

    var body: String { String(decoding: bytes[(headEnd ?? bytes.count)...], as: UTF8.self) }

    /// Where the body begins; nil before the empty line has come.
    private var headEnd: Int? {
        let mark = Array("\r\n\r\n".utf8)
        guard bytes.count >= mark.count else { return nil }
        return (mark.count...bytes.count).first {
            bytes[..<$0].suffix(mark.count).elementsEqual(mark)
        }
    }
}

/// One HTTP request on one connection of its own, so that a reset can be told from a close.
struct RawClient: Sendable {
    let port: Int

    /// Sends a request and reads its answer; gives up after `milliseconds` of silence.
    ///
    /// `began` is called when the first bytes of the answer are there.
    func send(
        _ method: String, _ path: String, headers: [String: String] = [:], body: String = "",
        milliseconds: Int = 10_000, enough: Int = .max, began: @escaping @Sendable () -> Void = {}
    ) async throws -> RawAnswer {
        var head = ["Host": "127.0.0.1:\(port)", "Content-Length": "\(body.utf8.count)"]
        head.merge(headers) { _, given in given }
        let lines = ["\(method) \(path) HTTP/1.1"] + head.map { "\($0.key): \($0.value)" }
        let request = lines.joined(separator: "\r\n") + "\r\n\r\n" + body
        let port = port
        return try await withCheckedThrowingContinuation { continuation in
            // A thread of its own: a blocked one of the shared pool would starve the server.
            Thread.detachNewThread {
                continuation.resume(
                    with: Result {
                        let socket = try Self.open(port: port, milliseconds: milliseconds)
                        defer { close(socket) }
                        Self.write(request, to: socket)
                        return Self.read(socket, enough: enough, began: began)
                    })
            }
        }
    }

    private static func open(port: Int, milliseconds: Int) throws -> Int32 {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var time = timeval(tv_sec: milliseconds / 1_000, tv_usec: milliseconds % 1_000 * 1_000)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        guard connect(socket, port: port) == 0 else {
            let code = errno
            close(socket)
            throw RawError(code: code)
        }
        return socket
    }

    private static func write(_ text: String, to socket: Int32) {
        _ = Array(text.utf8).withUnsafeBytes {
            Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
    }

    private static func connect(_ socket: Int32, port: Int) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    private static func read(
        _ socket: Int32, enough: Int, began: @Sendable () -> Void
    ) -> RawAnswer {
        var bytes: [UInt8] = []
        while true {
            if bytes.count >= enough { return RawAnswer(bytes: bytes, ending: .enough) }
            let soFar = RawAnswer(bytes: bytes, ending: .complete)
            if let length = soFar.header("content-length").flatMap({ Int($0) }),
                soFar.body.utf8.count >= length
            {
                return soFar
            }
            var part = [UInt8](repeating: 0, count: 65_536)
            let count = part.withUnsafeMutableBytes { recv(socket, $0.baseAddress, $0.count, 0) }
            if count > 0 {
                if bytes.isEmpty { began() }
                bytes += part[..<count]
            } else if count == 0 {
                return RawAnswer(bytes: bytes, ending: .closed)
            } else if errno != EINTR {
                return RawAnswer(bytes: bytes, ending: errno == ECONNRESET ? .reset : .silent)
            }
        }
    }
}

struct RawError: Error {
    let code: Int32
}

/// A loopback port that accepts connections into its queue and says nothing: for a card to be in.
final class MuteListener: Sendable {
    let port: UInt16
    private let socket: Int32

    init() throws {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, size) == 0 && listen(socket, 4) == 0
                    && getsockname(socket, $0, &size) == 0
            }
        }
        guard isListening else { throw RawError(code: errno) }
        self.socket = socket
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(socket) }
}
