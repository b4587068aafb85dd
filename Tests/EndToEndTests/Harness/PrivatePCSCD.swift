import Foundation
import Glibc

/// A pcscd of our own with virtual readers, on a socket of its own.
///
/// One at a time on a machine (the pid file is shared): a lock file keeps others waiting, `make run`
/// included.
final class PrivatePCSCD {
    static let lockFile = "/tmp/kiosk-agent-pcscd.lock"

    private let directory: URL
    private let lock: Int32
    private var daemon: Program?
    private var input = Pipe()

    /// The TCP ports of its readers: a card that connects lies on the reader.
    let ports: [UInt16]

    /// Waits for the lock; `readers` virtual readers on free ports.
    init(readers: Int) throws {
        directory = FileManager.default.temporaryDirectory
            .appending(path: "pcscd-\(UUID().uuidString.prefix(8))")
        lock = open(Self.lockFile, O_CREAT | O_RDWR | O_CLOEXEC, 0o666)
        flock(lock, LOCK_EX)
        ports = (0..<readers).map { _ in Self.freePort() }
        let configuration = directory.appending(path: "readers")
        try FileManager.default.createDirectory(
            at: configuration, withIntermediateDirectories: true)
        try ports.enumerated().map { index, port in
            """
            FRIENDLYNAME "Virtual Reader \(index)"
            DEVICENAME /dev/null:0x\(String(port, radix: 16, uppercase: true))
            LIBPATH /usr/lib/pcsc/drivers/serial/libifdvpcd.so
            CHANNELID 0x\(String(port, radix: 16, uppercase: true))

            """
        }.joined().write(
            to: configuration.appending(path: "vpcd"), atomically: true, encoding: .utf8)
        try start()
    }

    /// What clients need in their environment.
    var environment: [String: String] {
        ["PCSCLITE_CSOCK_NAME": directory.appending(path: "pcscd.comm").path]
    }

    /// Starts it (again); clients may connect at once.
    func start() throws {
        input = Pipe()
        let script = Program.root.appending(path: "scripts/private-pcscd.sh").path
        daemon = try Program(
            URL(filePath: "/bin/bash"),
            [
                script, directory.appending(path: "pcscd.comm").path,
                directory.appending(path: "readers").path, String(getuid()),
            ], input: input)
        while !FileManager.default.fileExists(
            atPath: directory.appending(path: "pcscd.comm").path)
        {
            sched_yield()
        }
    }

    /// Ends it without asking, as a crash does.
    func crash() async {
        for pid in children() { kill(pid, SIGKILL) }
        await daemon?.end()
    }

    func stop() async {
        try? input.fileHandleForWriting.close()
        await daemon?.end()
        try? FileManager.default.removeItem(at: directory)
        close(lock)
    }

    /// The processes of our pcscd: those that were started on our directory.
    private func children() -> [Int32] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.compactMap(Int32.init).filter { pid in
            let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
            let text = String(decoding: line, as: UTF8.self)
            return text.contains(directory.path) && text.hasPrefix("/usr/sbin/pcscd")
        }
    }

    private static func freePort() -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length)
                getsockname(descriptor, $0, &length)
            }
            return UInt16(bigEndian: pointer.pointee.sin_port)
        }
    }
}
