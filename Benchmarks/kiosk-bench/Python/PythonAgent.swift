internal import Foundation

/// What integrators put together today, in Python; see Benchmarks/Yardsticks/python.
enum PythonAgent {
    private static let directory = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Yardsticks/python")

    /// Runs `script` to its end; the number that it prints last.
    static func run(_ arguments: [String], script: String = "agent.py") throws -> Double {
        let program = directory.appending(path: script).path
        let word = try Command.lastLine(of: ["/usr/bin/python3", "-B", program] + arguments)
        guard let word, let found = Double(word) else {
            throw BenchFailure(
                "\(script) has no figure — \(word ?? "it said nothing") — scripts/setup.sh bench "
                    + "installs what it needs")
        }
        return found
    }
}
