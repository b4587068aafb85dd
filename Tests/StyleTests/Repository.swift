import Foundation

/// The files of this repository that belong into it, read once for all checks.
struct Repository {
    struct File {
        /// Relative to the root.
        let path: String
        let text: String

        var name: String { path.split(separator: "/").last.map(String.init) ?? path }
    }

    let files: [File]

    static let shared = Repository(root: root)

    /// Built and fetched things, and what git keeps for itself.
    private static func isForeign(_ name: String) -> Bool {
        [".git", ".swiftpm", ".run", "Package.resolved"].contains(name)
            || name.hasPrefix(".build")
    }

    private static var root: URL {
        URL(filePath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    }

    private init(root: URL) {
        var found: [File] = []
        Self.collect(root, path: "", into: &found)
        files = found
    }

    private static func collect(_ folder: URL, path: String, into found: inout [File]) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names.sorted() where !isForeign(name) {
            let url = folder.appending(path: name)
            let inside = path.isEmpty ? name : path + "/" + name
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
                continue
            }
            if isFolder.boolValue {
                collect(url, path: inside, into: &found)
            } else if let data = try? Data(contentsOf: url),
                let text = String(data: data, encoding: .utf8)
            {
                found.append(File(path: inside, text: text))
            }
        }
    }

    func swift(under folder: String = "") -> [File] {
        files.filter { $0.path.hasPrefix(folder) && $0.path.hasSuffix(".swift") }
    }

    func text(_ path: String) -> String { files.first { $0.path == path }?.text ?? "" }
}
