import Foundation
import Glibc
import Synchronization
import Testing

/// A built program as a process of its own, its output kept line by line.
///
/// What a running agent has logged is looked through at the end for ``ForbiddenWords``.
final class Program: Sendable {
    private struct Waiter {
        var number: Int
        var condition: @Sendable (State) -> Bool
        /// Told whether the condition came to hold.
        var wake: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var lines: [String] = []
        var rest = ""
        /// The output is closed: by the program and by all that it has started.
        var isSilent = false
        /// The exit code, or minus the signal that ended it.
        var code: Int32?
        var waiters: [Waiter] = []
        /// How many waits there were so far; each has its number.
        var waits = 0

        /// Adds to the output; its last line is kept apart until it is whole.
        mutating func add(_ text: String) {
            let parts = (rest + text).split(separator: "\n", omittingEmptySubsequences: false)
            lines += parts.dropLast().map(String.init).filter { !$0.isEmpty }
            rest = String(parts.last ?? "")
        }

        /// Takes out those whose condition holds.
        mutating func awake() -> [Waiter] {
            let awake = waiters.filter { $0.condition(self) }
            waiters.removeAll { waiter in awake.contains { $0.number == waiter.number } }
            return awake
        }
    }

    /// The longest that anything is waited for: what never comes fails its test instead of
    /// holding up all others.
    private static let patience = Duration.seconds(180)

    /// One program is started at a time: another one that is started in between would keep this
    /// one's output open for as long as it runs.
    private static let starting = Mutex(())

    private let state = Mutex(State())
    private let process = Process()
    var pid: Int32 { process.processIdentifier }
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
        process.terminationHandler = { [weak self] process in
            let code = process.terminationStatus
            self?.note { $0.code = process.terminationReason == .uncaughtSignal ? -code : code }
        }
        let handle = try Self.starting.withLock { _ in
            let pipe = Pipe()
            process.standardOutput = pipe
            process.standardError = pipe
            try process.run()
            return pipe.fileHandleForReading
        }
        Thread.detachNewThread { [weak self] in
            Self.readToTheEnd(handle) { text in self?.note { $0.add(text) } }
            self?.note {
                $0.add("\n")
                $0.isSilent = true
            }
        }
    }

    /// A signal to this process may interrupt a read, which `FileHandle` takes for the end of the
    /// world. The pipe is closed here, as whoever still knows it keeps it open otherwise, and a
    /// process has not room for all of them.
    private static func readToTheEnd(_ handle: FileHandle, _ take: (String) -> Void) {
        var part = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            let count = part.withUnsafeMutableBytes {
                read(handle.fileDescriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            take(String(decoding: part[..<count], as: UTF8.self))
        }
        try? handle.close()
    }

    deinit {
        if isRunning { kill(pid, SIGKILL) }
        guard isAgent else { return }
        for line in ForbiddenWords.shared.lines(of: output) {
            Issue.record("an agent has logged what no log may hold: \(line)")
        }
    }

    /// A pipe to write to a program that is started with it; no other program keeps it open.
    static func inputPipe() -> Pipe {
        starting.withLock { _ in
            let pipe = Pipe()
            _ = fcntl(pipe.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
            return pipe
        }
    }

    /// Whether this command line runs an agent, itself or under another program.
    static func isAgent(_ line: [String]) -> Bool {
        zip(line, line.dropFirst()).contains { $0.hasSuffix("/kiosk-agent") && $1 == "run" }
    }

    var isRunning: Bool { process.isRunning }

    /// Everything that was printed so far.
    var output: [String] { state.withLock { $0.lines } }

    /// Waits until the lines so far satisfy `condition`, or the output ends.
    func wait(until condition: @escaping @Sendable ([String]) -> Bool) async {
        await wait { condition($0.lines) || $0.isSilent }
    }

    /// Waits for the end; returns the exit code, or minus the signal that ended it.
    @discardableResult
    func end() async -> Int32 {
        await wait { $0.isSilent && $0.code != nil }
        return state.withLock { $0.code ?? Int32.min }
    }

    func signal(_ number: Int32) { kill(pid, number) }

    private func wait(for condition: @escaping @Sendable (State) -> Bool) async {
        let number = state.withLock { state in
            state.waits += 1
            return state.waits
        }
        let alarm = Task {
            try await Task.sleep(for: Self.patience)
            giveUp(number)
        }
        defer { alarm.cancel() }
        let came = await withCheckedContinuation { wake in
            let holds = state.withLock { state in
                if condition(state) { return true }
                state.waiters.append(Waiter(number: number, condition: condition, wake: wake))
                return false
            }
            if holds { wake.resume(returning: true) }
        }
        guard !came else { return }
        let last = output.suffix(20).joined(separator: "\n")
        Issue.record("waited \(Self.patience) for process \(pid), which said last:\n\(last)")
    }

    private func giveUp(_ number: Int) {
        let late = state.withLock { state in
            defer { state.waiters.removeAll { $0.number == number } }
            return state.waiters.first { $0.number == number }
        }
        late?.wake.resume(returning: false)
    }

    /// Takes in what has become known, and wakes those who wait for it.
    private func note(_ change: (inout State) -> Void) {
        let awake = state.withLock { state in
            change(&state)
            return state.awake()
        }
        for waiter in awake { waiter.wake.resume(returning: true) }
    }
}
