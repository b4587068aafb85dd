internal import Dispatch
internal import Settings
internal import Synchronization
internal import TerminalCore
internal import UnixSignals

/// The configuration that the agent started with, and how it is read again.
struct RunningConfiguration: Sendable {
    let loaded: LoadedSettings
    let threshold: LogThreshold
    /// Each SIGHUP from the start of the process on.
    let signals: UnixSignalsSequence
    /// Reads the same file, environment and credential files as at the start.
    let load: @Sendable () throws -> LoadedSettings

    private static let queue = DispatchQueue(label: "kiosk-agent.configuration", qos: .utility)
    private static let watch = DispatchQueue(label: "kiosk-agent.patience", qos: .utility)

    /// How long a disk may take for it, in seconds; a good one takes milliseconds.
    private static let patienceSeconds = 10

    /// On a thread of its own: a disk that hangs must hold none that payments need. It is not
    /// waited for either, so that the next signal finds somebody who says so.
    func read() async throws -> LoadedSettings {
        try await withCheckedThrowingContinuation { [load] continuation in
            let answer = FirstAnswer(continuation)
            Self.queue.async { answer.give(Result(catching: load)) }
            Self.watch.asyncAfter(deadline: .now() + .seconds(Self.patienceSeconds)) {
                answer.give(.failure(Self.silence))
            }
        }
    }

    private static var silence: CommandFailure {
        CommandFailure(
            .configuration,
            Phrase(
                en: "the configuration cannot be read — no answer within \(patienceSeconds) s — "
                    + "see dmesg for its disk or share, then reload again",
                zh: "无法读取配置 — \(patienceSeconds) 秒内没有响应 — "
                    + "请用 dmesg 查看其磁盘或共享，然后重新加载"))
    }
}

/// Takes what comes first, and nothing after it.
private final class FirstAnswer: Sendable {
    private let continuation: Mutex<CheckedContinuation<LoadedSettings, any Error>?>

    init(_ continuation: CheckedContinuation<LoadedSettings, any Error>) {
        self.continuation = Mutex(continuation)
    }

    func give(_ result: Result<LoadedSettings, any Error>) {
        let waiting = continuation.withLock { continuation in
            defer { continuation = nil }
            return continuation
        }
        waiting?.resume(with: result)
    }
}
