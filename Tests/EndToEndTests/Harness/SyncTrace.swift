import Foundation
import Synchronization

/// strace around an agent, which is killed when it begins its `number`th sync.
final class SyncTrace: Sendable {
    private let pipe: URL
    private let number: Int
    private let text = Mutex("")
    /// Each sync waits so long before it does its work, and is killed meanwhile.
    private static let delayMicroseconds = 100_000

    /// Follows what strace writes into a named pipe that is made at `pipe`.
    init(at pipe: URL, killAt number: Int) throws {
        (self.pipe, self.number) = (pipe, number)
        guard mkfifo(pipe.path, 0o600) == 0 else {
            throw POSIXError(.init(rawValue: errno) ?? .EIO)
        }
        Thread.detachNewThread { [self] in
            let handle = FileHandle(forReadingAtPath: pipe.path)
            while let data = handle?.availableData, !data.isEmpty {
                note(String(decoding: data, as: UTF8.self))
            }
        }
    }

    /// What the agent is run under; -D keeps it our child, so that signals reach it.
    var wrapper: [String] {
        [
            "/usr/bin/strace", "-D", "-f", "-qq", "-o", pipe.path, "-e", "trace=fdatasync",
            "-e", "inject=fdatasync:delay_enter=\(Self.delayMicroseconds)",
        ]
    }

    /// How many syncs were begun so far.
    var syncs: Int { Self.begun(text.withLock { $0 }).count }

    private func note(_ chunk: String) {
        let begun = text.withLock { text in
            text += chunk
            return Self.begun(text)
        }
        if begun.count >= number { kill(begun[number - 1], SIGKILL) }
    }

    /// The thread of each sync; strace writes `27687 fdatasync(8` before the call does its work.
    private static func begun(_ text: String) -> [pid_t] {
        text.matches(of: /(\d+) +fdatasync\(/).compactMap { pid_t($0.1) }
    }
}
