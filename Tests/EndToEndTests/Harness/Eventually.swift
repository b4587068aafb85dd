/// Asks again until `condition` holds: for what a foreign process tells nobody.
func eventually(
    within time: Duration = .seconds(20), _ condition: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + time
    while try await !condition() {
        guard ContinuousClock.now < end else { throw NeverHappened() }
        try await Task.sleep(for: .milliseconds(10))
    }
}

/// What was waited for did not come.
struct NeverHappened: Error {}
