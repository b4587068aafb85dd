internal import Dispatch
internal import Settings
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

    /// On a thread of its own: a disk that hangs must hold none that payments need.
    func read() async throws -> LoadedSettings {
        try await withCheckedThrowingContinuation { [load] continuation in
            Self.queue.async { continuation.resume(with: Result(catching: load)) }
        }
    }
}
