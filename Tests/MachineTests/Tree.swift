import Foundation
import Machine

/// A made-up `/proc` and `/sys` of real files, removed when it goes.
final class Tree {
    let root: URL

    init(_ files: [String: String] = [:], links: [String: String] = [:]) throws {
        root = FileManager.default.temporaryDirectory
            .appending(path: "machine-\(UUID().uuidString.prefix(8))")
        for (path, text) in files {
            try text.write(to: try place(path), atomically: true, encoding: .utf8)
        }
        for (path, target) in links {
            try FileManager.default.createSymbolicLink(
                atPath: try place(path).path, withDestinationPath: target)
        }
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    /// What `look` sees of it; it is there until then.
    func shown<Sight>(_ look: (Machine) -> Sight) -> Sight {
        withExtendedLifetime(self) { look(Machine(root: root.path)) }
    }

    /// Where a file goes, its directories made.
    private func place(_ path: String) throws -> URL {
        let file = root.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        return file
    }
}
