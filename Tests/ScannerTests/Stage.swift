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

    /// The upper end of a new pseudo-terminal, and the path of the lower one.
    static func pseudoTerminal() throws -> (sender: Sender, line: String) {
        var (upper, lower): (Int32, Int32) = (-1, -1)
        var name = [CChar](repeating: 0, count: 64)
        guard openpty(&upper, &lower, &name, nil, nil) == 0 else {
            throw SystemError(code: errno)
        }
        close(lower)
        let line = name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
        return (try Sender(upper), String(decoding: line, as: UTF8.self))
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
