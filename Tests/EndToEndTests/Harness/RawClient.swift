import Foundation
import Glibc

/// What came back on a connection, and how the connection ended.
struct RawAnswer: Sendable {
    enum Ending: Hashable, Sendable {
        /// The answer is as long as it promised.
        case complete
        /// The server closed the connection.
        case closed
        /// Nothing more came in time.
        case silent
    }

    let text: String
    let ending: Ending

    /// The status code; nil when there is no answer.
    var status: Int? {
        text.hasPrefix("HTTP/1.1 ") ? Int(text.dropFirst(9).prefix(3)) : nil
    }

    /// The header's value by its lower-case name.
    func header(_ name: String) -> String? {
        for line in head.split(separator: "\r\n").dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2, parts[0].lowercased() == name {
                return String(parts[1].drop { $0 == " " })
            }
        }
        return nil
    }

    var body: String {
        text.firstRange(of: "\r\n\r\n").map { String(text[$0.upperBound...]) } ?? ""
    }

    /// The stable end of a problem's type.
    var problem: String? {
        body.firstMatch(of: /"type":"urn:kiosk-agent:problem:(\w+)"/).map { String($0.1) }
    }

    private var head: Substring {
        text.firstRange(of: "\r\n\r\n").map { text[..<$0.lowerBound] } ?? ""
    }

    /// Whether all of the promised body is there.
    fileprivate var isComplete: Bool {
        guard text.contains("\r\n\r\n") else { return false }
        return header("content-length").flatMap { Int($0) }.map { body.utf8.count >= $0 } ?? false
    }
}

struct RawError: Error {
    let code: Int32
}

/// One TCP connection to the agent, written byte by byte: what a well-behaved client never sends.
///
/// All of it runs on threads of its own; a blocked one of the shared pool would starve the tests.
final class RawConnection: Sendable {
    private let socket: Int32

    /// Connects to a loopback port.
    init(port: Int) async throws {
        socket = try await onThread { try Self.open(port: port) }
    }

    deinit { close(socket) }

    func write(_ text: String) async throws { try await write(Array(text.utf8)) }

    func write(_ bytes: [UInt8]) async throws {
        let socket = socket
        try await onThread {
            let sent = bytes.withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent == bytes.count else { throw RawError(code: errno) }
        }
    }

    /// Reads until the answer is complete, or, with `toTheClose`, until the server closes.
    func read(toTheClose: Bool = false, seconds: Int32 = 20) async throws -> RawAnswer {
        let socket = socket
        return try await onThread {
            var bytes: [UInt8] = []
            while true {
                let text = String(decoding: bytes, as: UTF8.self)
                let answer = RawAnswer(text: text, ending: .complete)
                if !toTheClose, answer.isComplete { return answer }
                let isReadable = Self.isReadable(socket, milliseconds: seconds * 1_000)
                guard isReadable else { return RawAnswer(text: text, ending: .silent) }
                let part = Self.receive(socket)
                if part.isEmpty { return RawAnswer(text: text, ending: .closed) }
                bytes += part
            }
        }
    }

    /// Reads until the head of the answer is there, for an answer that never ends.
    func readHead(seconds: Int32 = 20) async throws -> RawAnswer {
        let socket = socket
        return try await onThread {
            var bytes: [UInt8] = []
            while true {
                let text = String(decoding: bytes, as: UTF8.self)
                if text.contains("\r\n\r\n") { return RawAnswer(text: text, ending: .complete) }
                let isReadable = Self.isReadable(socket, milliseconds: seconds * 1_000)
                guard isReadable else { return RawAnswer(text: text, ending: .silent) }
                let part = Self.receive(socket)
                if part.isEmpty { return RawAnswer(text: text, ending: .closed) }
                bytes += part
            }
        }
    }

    /// Sends one byte now and then until the server says something or closes; at most `seconds`.
    func drip(seconds: Int32) async throws -> RawAnswer {
        let socket = socket
        try await onThread {
            for _ in 0..<(seconds * 5) where !Self.isReadable(socket, milliseconds: 200) {
                let count = Glibc.send(socket, " ", 1, Int32(MSG_NOSIGNAL))
                if count < 0 { return }
            }
        }
        return try await read(toTheClose: true, seconds: 5)
    }

    private static func open(port: Int) throws -> Int32 {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            let code = errno
            close(socket)
            throw RawError(code: code)
        }
        return socket
    }

    private static func isReadable(_ socket: Int32, milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, milliseconds) > 0
    }

    /// Nothing at the end of the connection, also when it was reset.
    private static func receive(_ socket: Int32) -> [UInt8] {
        var part = [UInt8](repeating: 0, count: 65_536)
        let count = part.withUnsafeMutableBytes { recv(socket, $0.baseAddress, $0.count, 0) }
        return Array(part.prefix(max(0, count)))
    }
}

/// Runs blocking work on a thread of its own.
func onThread<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result(catching: work)) }
    }
}

/// One request on one connection of its own.
func rawRequest(
    _ port: Int, _ method: String, _ path: String, headers: [String], body: String? = nil
) async throws -> RawAnswer {
    let connection = try await RawConnection(port: port)
    var lines = ["\(method) \(path) HTTP/1.1"] + headers + ["Connection: close"]
    if let body { lines.append("Content-Length: \(body.utf8.count)") }
    try await connection.write(lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? ""))
    return try await connection.read()
}

extension Kiosk {
    /// The TCP port that an agent said it is open on.
    func port(of agent: Program) -> Int {
        let text = agent.output.joined(separator: "\n")
        return text.firstMatch(of: /port=(\d+)/).flatMap { Int($0.1) } ?? 0
    }
}
