/// The bound of time of a body that is taken in while it arrives.
enum TimedArrival {
    /// Reads a body to its end, or throws ``Problem/tooSlow``.
    static func of<Value: Sendable>(
        _ read: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await read() }
            group.addTask {
                try await Task.sleep(for: APILimits.importArrivalMax)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let value = first else {
                throw Problem.tooSlow
            }
            return value
        }
    }
}
