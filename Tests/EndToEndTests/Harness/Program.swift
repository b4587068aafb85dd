import Foundation
import Synchronization
import Testing

/// A built program as a process of its own, its output kept line by line.
///
/// What a running agent has logged is looked through at the end for ``ForbiddenWords``.
final class Program: Sendable {
    private struct State {
        var process: Process?
        var lines: [String] = []
        var rest = ""
        var ended = false
        var waiters:
            [(
                condition: @Sendable ([String], Bool) -> Bool,
                wake: CheckedContinuation<Void, Never>
            )] = []
    }

    private let state = Mutex(State())
    let pid: Int32
    private let isAgent: Bool

    /// Where the built programs lie: beside the test program.
    static let products: URL = {
        let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(filePath: own ?? "/").deletingLastPathComponent()
    }()

    /// The root of the repository.
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    init(
        _ executable: URL, _ arguments: [String], environment: [String: String] = [:],
        input: Pipe? = nil, keyboard: FileHandle? = nil
    ) throws {
        isAgent = Program.isAgent([executable.path] + arguments)
        ForbiddenWords.shared.add(environment: environment)
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        // Without a configuration programs speak the language of their environment.
        process.environment = ProcessInfo.processInfo.environment
            .merging(["LC_ALL": "C.UTF-8"]) { $1 }.merging(environment) { $1 }
        if let input {
            process.standardInput = input
        } else if let keyboard {
            process.standardInput = keyboard
        } else {
            process.standardInput = FileHandle.nullDevice
        }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        pid = process.processIdentifier
        state.withLock { $0.process = process }
        let handle = pipe.fileHandleForReading
        Thread.detachNewThread { [weak self] in
            while true {
                let data = handle.availableData
                if data.isEmpty { break }
                self?.note(String(decoding: data, as: UTF8.self), ended: false)
            }
            self?.note("\n", ended: true)
        }
    }

    deinit {
        if isRunning { kill(pid, SIGKILL) }
        guard isAgent else { return }
        for line in ForbiddenWords.shared.lines(of: output) {
            Issue.record("an agent has logged what no log may hold: \(line)")
        }
    }

    /// Whether this command line runs an agent, itself or under another program.
    static func isAgent(_ line: [String]) -> Bool {
        zip(line, line.dropFirst()).contains { $0.hasSuffix("/kiosk-agent") && $1 == "run" }
    }

    var isRunning: Bool { state.withLock { $0.process?.isRunning ?? false } }

    /// Everything that was printed so far.
    var output: [String] { state.withLock { $0.lines } }

    /// Waits until the lines so far satisfy `condition`, or the output ends.
    func wait(until condition: @escaping @Sendable ([String]) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state in
                if condition(state.lines) || state.ended { return true }
                state.waiters.append(({ lines, ended in condition(lines) || ended }, continuation))
                return false
            }
            if isDone { continuation.resume() }
        }
    }

    /// Waits for the end; returns the exit code, or minus the signal that ended it.
    @discardableResult
    func end() async -> Int32 {
        await wait { _ in false }
        return state.withLock { state in
            guard let process = state.process else { return 0 }
            process.waitUntilExit()
            let code = process.terminationStatus
            return process.terminationReason == .uncaughtSignal ? -code : code
        }
    }

    func signal(_ number: Int32) { kill(pid, number) }

    private func note(_ text: String, ended: Bool) {
        let awake = state.withLock { state in
            let parts = (state.rest + text).split(
                separator: "\n", omittingEmptySubsequences: false)
            state.lines += parts.dropLast().map(String.init).filter { !$0.isEmpty }
            state.rest = String(parts.last ?? "")
            state.ended = state.ended || ended
            let awake = state.waiters.filter { $0.condition(state.lines, state.ended) }
            state.waiters.removeAll { $0.condition(state.lines, state.ended) }
            return awake
        }
        for waiter in awake { waiter.wake.resume() }
    }
}
