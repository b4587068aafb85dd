internal import CYardstick

/// Owns the C side's file of one-row commits.
final class PlainCommits {
    private let commits: OpaquePointer

    init(path: String) throws {
        guard let commits = yardstick_commits_open(path) else {
            throw BenchFailure("the yardstick cannot make \(path)")
        }
        self.commits = commits
    }

    deinit { yardstick_commits_close(commits) }

    /// One row, on disk when this returns.
    func commit() throws {
        let code = yardstick_commit(commits)
        guard code == 0 else { throw BenchFailure("the yardstick: SQLite code \(code)") }
    }
}
