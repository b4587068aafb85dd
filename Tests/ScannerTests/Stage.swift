import Foundation
import Glibc

@testable import Scanner

/// A directory for devices that are none.
struct Stage {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "scanner-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }

    /// Makes a named pipe, and the directories on the way to it.
    func makePipe(_ name: String) throws -> String {
        let pipe = "\(path)/\(name)"
        try FileManager.default.createDirectory(
            at: URL(filePath: pipe).deletingLastPathComponent(),
            withIntermediateDirectories: true)
        guard mkfifo(pipe, 0o600) == 0 else { throw SystemError(code: errno) }
        return pipe
    }
}

struct SystemError: Error {
    var code: Int32
}

/// The scanner's end of a pipe or a line.
struct Sender {
    let descriptor: Int32

    init(_ descriptor: Int32) throws {
        guard descriptor >= 0 else { throw SystemError(code: errno) }
        self.descriptor = descriptor
    }

    /// Opens a pipe that somebody reads.
    init(pipe: String) throws {
        try self.init(open(pipe, O_WRONLY | O_CLOEXEC))
    }

    /// The upper end of a new pseudo-terminal.
    static func pseudoTerminal() throws -> Sender {
        let sender = try Sender(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC))
        guard grantpt(sender.descriptor) == 0, unlockpt(sender.descriptor) == 0 else {
            throw SystemError(code: errno)
        }
        return sender
    }

    /// The path of the lower end.
    func line() throws -> String {
        var name = [CChar](repeating: 0, count: 64)
        guard ptsname_r(descriptor, &name, 64) == 0 else { throw SystemError(code: errno) }
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    func send(_ bytes: [UInt8]) throws {
        guard write(descriptor, bytes, bytes.count) == bytes.count else {
            throw SystemError(code: errno)
        }
    }

    func pull() { close(descriptor) }
}

/// A scanner that runs, and what happens at it.
struct RunningScanner {
    private let scanner: BarcodeScanner
    private let task: Task<Void, Never>

    init(_ source: ScannerSource) {
        let scanner = BarcodeScanner(source: source)
        self.scanner = scanner
        task = Task { await scanner.run() }
    }

    /// Waits for the next event, in the words of the tests; nil after the end.
    func next() async -> String? {
        var events = scanner.events.makeAsyncIterator()
        switch await events.next() {
        case .connected: return "connected"
        case .disconnected(let trouble): return "\(trouble.code)"
        case .scanned(let text): return text.exposed
        case .rejected: return "rejected"
        case nil: return nil
        }
    }

    func stop() async {
        task.cancel()
        await task.value
    }
}
