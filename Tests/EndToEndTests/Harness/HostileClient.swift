import Foundation
import Glibc
import Synchronization
import TerminalTesting

/// What a hostile program on the same machine can send: slow heads, endless heads, a flood of
/// connections and noise; each on a thread of its own, and all of it bounded.
final class HostileClient: Sendable {
    /// More than a door lets in.
    private static let slowHeads = 80
    static let flood = 10_000
    /// So many of the flood are open at once: far below what a process may have.
    private static let wave = 100
    private static let bigHeads = 50
    private static let noises = 100

    private let port: Int
    private let socket: String
    private let ended = Mutex(false)
    private let connected = Mutex(0)
    /// One for each wave of the flood, or for several that nobody took; ends with the attack.
    let waves: AsyncStream<Void>
    private let waveCame: AsyncStream<Void>.Continuation

    init(port: Int, socket: String) {
        (self.port, self.socket) = (port, socket)
        (waves, waveCame) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// How many connections of the flood were made.
    var connections: Int { connected.withLock { $0 } }

    private var isOver: Bool { ended.withLock { $0 } }

    /// Attacks until everything was sent once.
    func attack() async throws {
        defer { waveCame.finish() }
        async let slow: Void = onThread { [self] in dripHeads() }
        async let flood: Void = onThread { [self] in connectAndLeave() }
        async let heads: Void = onThread { [self] in sendBigHeads() }
        async let noise: Void = onThread { [self] in
            makeNoise(seed: 1) { HostileLine(port: port) }
            makeNoise(seed: 2) { HostileLine(socket: socket) }
        }
        _ = try await (flood, heads, noise)
        ended.withLock { $0 = true }
        try await slow
    }

    /// A byte of each head now and then; whoever is dropped comes again.
    private func dripHeads() {
        var lines = [HostileLine?](repeating: nil, count: Self.slowHeads)
        while !isOver {
            for index in lines.indices where lines[index]?.send("x") != true {
                lines[index] = HostileLine(port: port)
                lines[index]?.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
            }
            // The pace of the attack, not a wait for anything.
            poll(nil, 0, 50)
        }
    }

    private func connectAndLeave() {
        for _ in 0..<(Self.flood / Self.wave) {
            waveCame.yield()
            let lines = (0..<Self.wave).compactMap { _ in HostileLine(port: port) }
            let made = lines.count
            connected.withLock { $0 += made }
            for line in lines.prefix(Self.wave / 2) { line.send("GET / HT") }
        }
    }

    private func sendBigHeads() {
        for number in 1...Self.bigHeads {
            let line = HostileLine(port: port)
            line?.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Big: ")
            line?.send(String(repeating: "x", count: number * 20_000))
            line?.readToTheEnd()
        }
    }

    private func makeNoise(seed: UInt64, _ open: () -> HostileLine?) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<Self.noises {
            let count = Int.random(in: 1...4_096, using: &random)
            let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            let line = open()
            line?.send(bytes)
            line?.readToTheEnd()
        }
    }
}

/// A blocking connection that gives up after a second, whatever the other side does.
private final class HostileLine {
    private let descriptor: Int32

    init?(port: Int) {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        guard let descriptor = Self.connect(AF_INET, address) else { return nil }
        self.descriptor = descriptor
    }

    init?(socket path: String) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { bytes in
            bytes.copyBytes(from: Array(path.utf8).prefix(bytes.count - 1))
        }
        guard let descriptor = Self.connect(AF_UNIX, address) else { return nil }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// Whether the other side still takes it.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        let count = bytes.withUnsafeBytes {
            Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        return count == bytes.count
    }

    /// Reads until the other side closes or says nothing more.
    func readToTheEnd() {
        var part = [UInt8](repeating: 0, count: 4_096)
        while part.withUnsafeMutableBytes({ recv(descriptor, $0.baseAddress, $0.count, 0) }) > 0 {}
    }

    private static func connect<Address>(_ family: Int32, _ address: Address) -> Int32? {
        let descriptor = Glibc.socket(family, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        var time = timeval(tv_sec: 1, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, size)
        let result = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
            }
        }
        guard result == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }
}
