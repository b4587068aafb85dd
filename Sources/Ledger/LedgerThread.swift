internal import Dispatch

/// A thread for long work beside the ledger's writer: it must not hold a cooperative thread.
enum LedgerThread {
    private static let queue = DispatchQueue(label: "kiosk-agent.ledger.aside", qos: .utility)

    static func run<T: Sendable>(
        _ work: @escaping @Sendable () throws(LedgerError) -> T
    ) async throws(LedgerError) -> T {
        let result: Result<T, LedgerError> = await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: Result(catching: work)) }
        }
        return try result.get()
    }
}
