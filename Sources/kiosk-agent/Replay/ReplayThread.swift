internal import Dispatch

/// A thread for the reading of a long journal and the opening of a working ledger: neither must
/// hold a cooperative thread of a running agent.
enum ReplayThread {
    private static let queue = DispatchQueue(label: "kiosk-agent.replay", qos: .utility)

    static func run<Value: Sendable>(
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: work)) }
        }
    }
}
