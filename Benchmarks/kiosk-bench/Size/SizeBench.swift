internal import Foundation

/// What a payer's page loads, and what the package takes; each from what is really served or built.
enum SizeBench {
    static func run(agent: String?) async throws -> [Line] {
        let running = try RunningAgent(try RunningAgent.program(agent))
        let page = try await PayersPage(port: running.port)
        running.end()
        return [
            Line(
                "size: payer's page, whole", Double(page.bytes) / 1_000, unit: " KB",
                Threshold.pageKB),
            Line(
                "size: payer's page, script", Double(page.scriptBytes) / 1_000, unit: " KB",
                Threshold.scriptKB),
            Line(
                "size: addresses of other machines", Double(page.foreignAddresses), unit: "",
                Threshold.none),
        ] + (try package())
    }

    /// The newest that `make deb` has built.
    private static func package() throws -> [Line] {
        let folder = repository.appending(path: ".build").path
        let packages = try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix(".deb") }.map { "\(folder)/\($0)" }
        let newest = packages.compactMap { path in FileFacts(path).map { (path, $0) } }
            .max { $0.1.writtenAt < $1.1.writtenAt }
        guard let (path, facts) = newest else {
            note("no package to measure: make deb builds one")
            return []
        }
        let word = try Command.lastLine(
            of: ["/usr/bin/dpkg-deb", "--field", path, "Installed-Size"])
        guard let kibibytes = word.flatMap({ Double($0) }) else {
            throw BenchFailure("dpkg-deb does not tell the size of \(path)")
        }
        return [
            Line(
                "size: package installed", kibibytes * 1_024 / 1_000_000, unit: " MB",
                Threshold.installedMB),
            Line(
                "size: package", Double(facts.bytes) / 1_000_000, unit: " MB", Threshold.packageMB),
        ]
    }

    private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}
