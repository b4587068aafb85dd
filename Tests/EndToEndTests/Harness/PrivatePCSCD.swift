import Foundation
import Glibc

/// A pcscd of our own with two virtual readers, on a socket of its own.
///
/// One at a time on a machine (the pid file is shared): a lock file keeps others waiting, `make
/// run` included.
final class PrivatePCSCD {
    static let lockFile = "/tmp/kiosk-agent-pcscd.lock"

    /// Where its socket lies, as `pcscd.comm`.
    let directory: URL
    private let lock: Int32
    /// The user who may open the socket, beside root.
    private let owner: uid_t
    private var daemon: Program?
    private var input: Pipe?

    /// The TCP ports of its readers: a card that connects lies on the reader.
    let ports: [UInt16]

    /// Takes the lock, waiting for other users of pcscd, and starts it.
    static func start(for owner: uid_t = getuid()) async throws -> PrivatePCSCD {
        await Turn.shared.take()
        let lock = open(lockFile, O_CREAT | O_RDWR | O_CLOEXEC, 0o666)
        do {
            try await eventually(within: .seconds(300)) { flock(lock, LOCK_EX | LOCK_NB) == 0 }
            let pcscd = try PrivatePCSCD(lock: lock, owner: owner)
            try await pcscd.startDaemon()
            return pcscd
        } catch {
            close(lock)
            await Turn.shared.give()
            throw error
        }
    }

    /// One entry of vpcd has two readers, on a port and the next one.
    private init(lock: Int32, owner: uid_t) throws {
        (self.lock, self.owner) = (lock, owner)
        directory = FileManager.default.temporaryDirectory
            .appending(path: "pcscd-\(UUID().uuidString.prefix(8))")
        let port = LoopbackPort.free(2)
        ports = [port, port + 1]
        let configuration = directory.appending(path: "readers")
        try FileManager.default.createDirectory(
            at: configuration, withIntermediateDirectories: true)
        let channel = "0x" + String(port, radix: 16, uppercase: true)
        try """
        FRIENDLYNAME "Virtual Reader"
        DEVICENAME /dev/null:\(channel)
        LIBPATH /usr/lib/pcsc/drivers/serial/libifdvpcd.so
        CHANNELID \(channel)

        """.write(to: configuration.appending(path: "vpcd"), atomically: true, encoding: .utf8)
    }

    /// What clients need in their environment.
    var environment: [String: String] { ["PCSCLITE_CSOCK_NAME": socket.path] }

    private var socket: URL { directory.appending(path: "pcscd.comm") }

    /// Starts it (again); clients may connect at once.
    func startDaemon() async throws {
        input = Program.inputPipe()
        let script = Program.root.appending(path: "scripts/private-pcscd.sh").path
        daemon = try Program(
            URL(filePath: "/bin/bash"),
            [script, socket.path, directory.appending(path: "readers").path, String(owner)],
            input: input)
        let path = socket.path
        try await eventually { FileManager.default.fileExists(atPath: path) }
    }

    /// Ends it without asking, as a crash does.
    func crash() async {
        for pid in children() { kill(pid, SIGKILL) }
        await daemon?.end()
    }

    func stop() async {
        try? input?.fileHandleForWriting.close()
        await daemon?.end()
        try? FileManager.default.removeItem(at: directory)
        close(lock)
        await Turn.shared.give()
    }

    /// The processes of our pcscd: those that were started on our directory.
    private func children() -> [Int32] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.compactMap(Int32.init).filter { pid in
            let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
            let text = String(decoding: line, as: UTF8.self)
            let isOurs = text.contains(directory.path)
            return isOurs && ["/usr/sbin/pcscd", "systemd-socket"].contains { text.hasPrefix($0) }
        }
    }
}

/// pcscd for one test of this process after the other, in the order in which they ask: nobody
/// queues for the lock file, and one of many who poll for it may lose for long.
private actor Turn {
    static let shared = Turn()

    private var isTaken = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func take() async {
        guard isTaken else {
            isTaken = true
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    func give() {
        guard !waiting.isEmpty else {
            isTaken = false
            return
        }
        waiting.removeFirst().resume()
    }
}
