internal import Foundation

/// A program that the benchmark started; it ends with its owner.
///
/// Its output goes to a file, which is shown when it fails.
final class Child {
    /// How long it may take to end after its standard input closed and SIGTERM came, in seconds.
    static let endSecondsMax = 6.0

    private let process = Process()
    private let input = Pipe()
    private let logPath: String

    var pid: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }

    init(_ line: [String], log: String) throws {
        logPath = log
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        let output = FileHandle(forWritingAtPath: log)
        process.executableURL = URL(filePath: line[0])
        process.arguments = Array(line.dropFirst())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = output
        try process.run()
    }

    deinit { end(signal: true) }

    /// Closes its standard input, asks it to end when `signal` is set, and waits; then kills it.
    func end(signal: Bool) {
        try? input.fileHandleForWriting.close()
        guard process.isRunning else { return }
        if signal { process.terminate() }
        let end = Date() + Self.endSecondsMax
        while process.isRunning, Date() < end { usleep(10_000) }
        if process.isRunning { kill(pid, SIGKILL) }
        process.waitUntilExit()
    }

    /// What it said last.
    var lastWords: String {
        let text = (try? String(contentsOfFile: logPath, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").suffix(5).joined(separator: "\n")
    }
}
