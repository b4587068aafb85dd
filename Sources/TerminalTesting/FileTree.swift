public import Foundation

/// A directory of real files that stands for a part of a machine, such as its `/proc` and `/sys`;
/// removed when it goes.
public final class FileTree: Sendable {
    public let root: URL

    /// `files` and `links` by their paths below the root, with their texts and their targets.
    public init(_ files: [String: String] = [:], links: [String: String] = [:]) throws {
        root = FileManager.default.temporaryDirectory
            .appending(path: "tree-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        for (path, text) in files {
            try text.write(to: try place(path), atomically: true, encoding: .utf8)
        }
        for (path, target) in links {
            try FileManager.default.createSymbolicLink(
                atPath: try place(path).path, withDestinationPath: target)
        }
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    /// What `look` sees below the path of the root; the files are there until then.
    public func shown<Sight>(_ look: (String) throws -> Sight) rethrows -> Sight {
        try withExtendedLifetime(self) { try look(root.path) }
    }

    /// Where a file goes, its directories made.
    private func place(_ path: String) throws -> URL {
        let file = root.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        return file
    }
}
