import Foundation
import Ledger
import TerminalTesting

/// The ledger's files: each life of the process has a copy of what the one before it left.
///
/// In memory when the machine has `/dev/shm`: what a disk does to a commit is another test's.
final class WorldFiles {
    private static let empty = Result { try makeEmpty() }
    private static let suffixes = ["", "-wal"]
    /// A page and its header in the write-ahead log, in bytes.
    private static let frame = 4_096 + 24

    private let directory: URL
    private var count = 0

    init() throws {
        directory = try Self.makeDirectory()
        try Self.empty.get().write(to: URL(filePath: path(0)))
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    /// Where the next life finds its ledger.
    func next() throws -> String { path(count) }

    /// Keeps the files of `path` as they are now for the next life.
    ///
    /// `dropsLastCommit` cuts off the end of the log, as a disk does that lies about its syncs.
    func copy(_ path: String, dropsLastCommit: Bool) throws {
        count += 1
        for suffix in Self.suffixes where FileManager.default.fileExists(atPath: path + suffix) {
            var data = try Data(contentsOf: URL(filePath: path + suffix))
            if dropsLastCommit, suffix == "-wal" { data.removeLast(min(data.count, Self.frame)) }
            try data.write(to: URL(filePath: self.path(count) + suffix))
        }
    }

    private func path(_ number: Int) -> String {
        directory.appending(path: "ledger\(number).sqlite").path
    }

    private static func makeDirectory() throws -> URL {
        let memory = URL(filePath: "/dev/shm")
        let parent =
            FileManager.default.isWritableFile(atPath: memory.path)
            ? memory : FileManager.default.temporaryDirectory
        let url = parent.appending(path: "kiosk-simulator-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }

    /// A ledger with its schema and nothing in it, so that not every scenario makes one.
    private static func makeEmpty() throws -> Data {
        let directory = try makeDirectory()
        defer { try? FileManager.default.removeItem(at: directory) }
        let path = directory.appending(path: "ledger.sqlite").path
        _ = try Ledger(Sample.settings(path))
        return try Data(contentsOf: URL(filePath: path))
    }
}
