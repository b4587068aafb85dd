internal import Foundation

/// A program that runs to its end.
enum Command {
    /// After this it is given up, in seconds.
    private static let secondsMax = 600.0

    /// The last line of what it says; nil when it says nothing.
    static func lastLine(of line: [String]) throws -> String? {
        let scratch = try Scratch()
        let child = try Child(line, log: scratch.path("output"))
        let end = Date() + secondsMax
        while child.isRunning {
            guard Date() < end else { throw BenchFailure("\(line[0]) does not end") }
            usleep(2_000)
        }
        return child.lastWords.split(separator: "\n").last.map(String.init)
    }
}
